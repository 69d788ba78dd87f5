# The design system's assets
FROM node:22-bookworm-slim AS assets
WORKDIR /portal
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY static/scss static/scss
RUN npm run build

# The portal: web, worker and beat are the same image with another last word (docker-compose.yml)
FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --system --home-dir /var/lib/portal --create-home portal
WORKDIR /portal
COPY requirements/run.txt requirements/
RUN pip install --no-cache-dir --require-hashes --requirement requirements/run.txt
COPY manage.py ./
COPY fixtures fixtures
COPY locale locale
COPY templates templates
COPY static static
COPY projects projects
COPY sso_portal sso_portal
COPY --from=assets /portal/.assets .assets
# Hashes and packs the static files, and compiles the translations. Settings refuse to be half
# configured, so the build answers for an installation that it never reaches.
RUN PORTAL_MODE=production PORTAL_VAR=/tmp/build ALLOWED_HOSTS=build PORTAL_URL=https://build \
    SECRET_KEY=only-for-the-build-0123456789-abcdefghijklmnopqrstuvwxyz \
    DATABASE_URL=postgres://build/build REDIS_URL=redis://build \
    EMAIL_URL=smtp://build EMAIL_FROM=portal@build \
    python manage.py collectstatic --no-input --ignore scss && rm -r /tmp/build
USER portal
ENV PORTAL_VAR=/var/lib/portal PORTAL_HOST=0.0.0.0
EXPOSE 8000
ENTRYPOINT ["python", "manage.py", "portal"]
CMD ["web"]
