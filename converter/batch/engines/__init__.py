"""What does the work: processes of this machine, or a Dask cluster."""
