# Apatite in a container. Node runs the TypeScript sources as they are: there is no build step.
#
#   docker build -t apatite .
#
# It listens on all addresses of the container, so it refuses to start without clients or APATITE_OPEN=true
# (docs/reference/configuration.md, "In a container").

FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# without the npm package "node" (a development dependency): the image brings its own Node
RUN npm ci --omit=dev && npm cache clean --force

FROM node:24-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    APATITE_DATA_DIR=/data
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json LICENSE README.md ./
COPY cds-hooks ./cds-hooks
COPY src ./src
# so that the working directory needs no right to write, and the volume belongs to the user of the process
RUN mkdir -p /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/health/ready').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# no npm in between: SIGTERM reaches the service, which finishes the calls in flight; stop it with at least 10 s of patience
CMD ["node", "--min-semi-space-size=64", "--max-semi-space-size=64", "src/cli.ts", "serve"]
