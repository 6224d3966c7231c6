# csdn2md in a container, as a user without special rights:
#   docker build -t csdn2md .
#   docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/data" csdn2md convert my-dump -o my-posts
FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY converter converter
COPY csdn2md csdn2md
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir '.[archives,assets]'

FROM python:3.13-slim
LABEL org.opencontainers.image.title="csdn2md" \
      org.opencontainers.image.source="https://github.com/OWNER/csdn2md" \
      org.opencontainers.image.licenses="MIT"
ENV PATH="/venv/bin:$PATH" \
    LANG=C.UTF-8 \
    PYTHONDONTWRITEBYTECODE=1
RUN useradd --uid 10001 --create-home csdn2md
COPY --from=build /venv /venv
USER 10001
WORKDIR /data
ENTRYPOINT ["csdn2md"]
CMD ["--help"]
