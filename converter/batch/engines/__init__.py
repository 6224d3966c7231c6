"""The engines that run tasks: processes of this machine, or a Dask cluster."""
