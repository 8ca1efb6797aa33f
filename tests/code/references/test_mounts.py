"""A route is told by its whole address, whatever framework mounts its router."""

from __future__ import annotations

import pytest

from drawn_records import finding
from mendbook.changes.near_routes import spellings_of
from mendbook.code.references.find import find_references
from mendbook.code.references.mounts import Mounts
from mendbook.model import EntryPoint, FindingFacts
from mendbook.repository.snapshot import Snapshot

FASTAPI = {
    "harbour/main.py": (
        "from fastapi import FastAPI\n"
        "from harbour import api\n"
        "from harbour.settings import settings\n"
        "app = FastAPI()\n"
        "app.include_router(api.router, prefix=settings.BASE)\n"
    ),
    "harbour/settings.py": 'class Settings:\n    BASE: str = "/v1"\n\nsettings = Settings()\n',
    "harbour/api/__init__.py": (
        "from fastapi import APIRouter\n"
        "from . import berths\n"
        'router = APIRouter(prefix="/port")\n'
        'router.include_router(berths.router, prefix="/berths")\n'
    ),
    "harbour/api/berths.py": (
        "from fastapi import APIRouter\n"
        "router = APIRouter()\n"
        '@router.get("/{berth}")\n'
        "def show(berth): ...\n"
    ),
}
FLASK = {
    "mill/app.py": (
        "from mill.views import sacks as sack_views\n"
        "app = Flask(__name__)\n"
        'app.register_blueprint(sack_views, url_prefix="/sacks")\n'
    ),
    "mill/views.py": (
        'sacks = Blueprint("sacks", __name__)\n@sacks.route("/full")\ndef full(): ...\n'
    ),
}
DJANGO = {
    "library/urls.py": 'urlpatterns = [path("shelf/", include("loans.urls"))]\n',
    "loans/urls.py": 'urlpatterns = [path("due/", views.due)]\n',
    "loans/views.py": "def due(request): ...\n",
}
LISTS = {
    "mill/urls.py": (
        "sacks = [\n"
        '    path("full", views.full),\n'
        "]\n"
        "urlpatterns = [\n"
        '    path("sacks/<int:sack>/", include(sacks)),\n'
        '    path("sail", views.sail),\n'
        "]\n"
    ),
}
EXPRESS = {
    "app.js": (
        "const express = require('express')\n"
        "const app = express()\n"
        "app.use('/api', require('./routes'))\n"
    ),
    "routes/index.js": (
        "const router = require('express').Router()\n"
        "const wards = require('./wards')\n"
        "router.use('/wards', wards)\n"
        "module.exports = router\n"
    ),
    "routes/wards.js": (
        "const router = require('express').Router()\n"
        "router.get('/:ward', (req, res) => res.send())\n"
        "module.exports = router\n"
    ),
}
LOOP = {
    "app.js": "const routes = require('./routes')\napp.use('/v1', routes)\n",
    "routes/index.js": (
        "const readers = require('./readers')\n"
        "const router = express.Router()\n"
        "const all = [{ path: '/readers', route: readers }]\n"
        "all.forEach((each) => {\n"
        "  router.use(each.path, each.route)\n"
        "})\n"
        "module.exports = router\n"
    ),
    "routes/readers.js": "router.post('/', add)\nmodule.exports = router\n",
}
FASTIFY = {
    "server.ts": "import trees from './trees'\napp.register(trees, { prefix: '/orchard' })\n",
    "trees.ts": "export default async (app) => {\n  app.get('/ripe', pick)\n}\n",
}
NEST = {
    "src/main.ts": (
        "const app = await NestFactory.create(AppModule)\n"
        "app.setGlobalPrefix('api')\n"
        "app.enableVersioning({ type: VersioningType.URI, defaultVersion: '3' })\n"
    ),
    "src/boats.controller.ts": (
        "@Controller('boats')\nexport class Boats {\n  @Get('/:id')\n  show() {}\n}\n"
    ),
}
NEST_BY_OBJECT = {
    "src/main.ts": (
        "const app = await NestFactory.create(AppModule)\n"
        "app.enableVersioning({\n  type: VersioningType.URI,\n})\n"
    ),
    "src/boats.controller.ts": (
        "@ApiTags('Boats')\n@Controller({\n  path: 'boats',\n  version: '2',\n})\n"
        "export class Boats {\n  @Get('/:id')\n  show() {}\n}\n"
    ),
}
TWICE = {
    "app.js": "app.use('/a', require('./both'))\napp.use('/b', require('./both'))\n",
    "both.js": "router.get('/x', f)\n",
}


@pytest.mark.parametrize(
    ("files", "entry", "expected"),
    [
        (FASTAPI, ("GET /{berth}", "harbour/api/berths.py", 3), "GET /v1/port/berths/{berth}"),
        (FLASK, ("GET /full", "mill/views.py", 2), "GET /sacks/full"),
        (DJANGO, ("/due/", "loans/urls.py", 1), "/shelf/due/"),
        (LISTS, ("/full", "mill/urls.py", 2), "/sacks/<int:sack>/full"),
        (LISTS, ("/sail", "mill/urls.py", 6), "/sail"),
        (EXPRESS, ("GET /:ward", "routes/wards.js", 2), "GET /api/wards/:ward"),
        (LOOP, ("POST /", "routes/readers.js", 1), "POST /v1/readers"),
        (FASTIFY, ("GET /ripe", "trees.ts", 2), "GET /orchard/ripe"),
        (NEST, ("GET /boats/:id", "src/boats.controller.ts", 4), "GET /api/v3/boats/:id"),
        (NEST_BY_OBJECT, ("GET /boats/:id", "src/boats.controller.ts", 8), "GET /v2/boats/:id"),
        (TWICE, ("GET /x", "both.js", 1), "GET /a/x, GET /b/x"),
        (FASTAPI, ('socket event "tide"', "harbour/api/berths.py", 3), 'socket event "tide"'),
    ],
)
def test_a_route_has_the_address_of_the_routers_around_it(
    files: dict[str, str], entry: tuple[str, str, int], expected: str
) -> None:
    """Routers in routers, settings, barrels; what is mounted twice has both addresses."""
    told = Mounts(Snapshot.of(files)).wholes(EntryPoint(*entry))
    assert ", ".join(each.name for each in told) == expected


def test_a_router_that_is_mounted_at_many_places_keeps_its_own_address() -> None:
    """More than a few addresses tell nothing."""
    mounted = "".join(f"app.use('/{each}', require('./both'))\n" for each in "abcde")
    tree = Snapshot.of({"app.js": mounted, "both.js": TWICE["both.js"]})
    (told,) = Mounts(tree).wholes(EntryPoint("GET /x", "both.js", 1))
    assert told.name == "GET /x"


def test_go_groups_are_read_where_the_route_stands() -> None:
    """Kept in a variable, chained, or around it."""
    main = (
        "package main\n"
        "func routes(r *gin.Engine) {\n"
        '\tapi := r.Group("/api")\n'
        '\tpumps := api.Group("/pumps")\n'
        '\tpumps.GET("/:id", ShowPump)\n'
        '\tr.Group("/pump").Use(auth).POST("", StartPump)\n'
        "}\n"
        "func ShowPump(c *gin.Context) { level() }\n"
        "func StartPump(c *gin.Context) { level() }\n"
        "func level() {}\n"
    )
    about = finding("F", file="main.go", symbols=("level",))
    found = find_references([about], Snapshot.of({"main.go": main}), provider="syntax")
    names = [each.name for each in found.entry_points("F")]
    assert names == ["GET /api/pumps/:id", "POST /pump"]


def test_an_event_may_be_named_by_its_whole_address() -> None:
    """An audit says what clients request, and the handler is found in the router's file."""
    about = finding("F", file="app.js", events=("GET /api/wards/:ward",))
    found = find_references([about], Snapshot.of(EXPRESS), provider="syntax")
    (row,) = found.by_finding["F"]
    assert [(use.file, use.line) for use in row.references] == [("routes/wards.js", 2)]


def test_a_test_may_leave_out_what_its_client_has() -> None:
    """The parts that the routers give go one by one; a parameter alone says nothing."""
    entry = EntryPoint("GET /api/wards/:ward", "routes/wards.js", 2, mounted="/api/wards")
    assert spellings_of(FindingFacts("F", (), exposure=(entry,))) == (
        "GET /api/wards/:ward",
        "GET /wards/:ward",
    )
