# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build
RUN pip install --no-cache-dir uv==0.13.8
WORKDIR /build
ENV UV_PROJECT_ENVIRONMENT=/opt/backchannel UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
# First what changes seldom, so that this layer is kept.
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --frozen --no-dev --no-install-project
COPY app app
COPY frontend frontend
RUN uv sync --frozen --no-dev --no-editable

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home --shell /usr/sbin/nologin backchannel
COPY --from=build /opt/backchannel /opt/backchannel
ENV PATH=/opt/backchannel/bin:$PATH PYTHONUNBUFFERED=1 DATA_DIR=/data
USER backchannel
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=4s --start-period=20s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/up', timeout=3)"]
CMD ["backchannel", "serve", "--host", "0.0.0.0", "--port", "8000"]
