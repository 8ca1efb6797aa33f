"""Promises about routes that annotations, tables, documents and the places of files declare."""

from __future__ import annotations

import pytest
from reference_cases import finding, written

from mendbook.code.references import find_references
from mendbook.repository.snapshot import Snapshot

SPRING = {
    "src/main/java/crew/CrewController.java": (
        'package crew;\n\n@RestController\n@RequestMapping("/api/crew")\n'
        "public class CrewController {\n"
        "  private final CrewService service;\n\n"
        '  @GetMapping("/{id}")\n  public Sailor one(@PathVariable long id) {\n'
        "    return service.findSailor(id);\n  }\n\n"
        "  @PostMapping\n  public Sailor hire(@RequestBody Sailor sailor) {\n"
        "    return service.hireSailor(sailor);\n  }\n\n"
        '  @RequestMapping(value = "/{id}/rank", method = RequestMethod.PUT)\n'
        "  public void promote(@PathVariable long id) {\n    service.promoteSailor(id);\n  }\n"
        "}\n"
    ),
    "src/main/java/crew/CrewService.java": (
        "package crew;\n\npublic class CrewService {\n"
        "  public Sailor findSailor(long id) {\n    return null;\n  }\n"
        "  public Sailor hireSailor(Sailor sailor) {\n    return sailor;\n  }\n"
        "  public void promoteSailor(long id) {\n  }\n}\n"
    ),
}
GENERATED = {
    "src/main/resources/openapi.yml": (
        "openapi: 3.0.1\npaths:\n  /buoys/{buoyId}:\n    get:\n      operationId: getBuoy\n"
        "    delete:\n      summary: Take it out.\n      operationId: liftBuoy\n"
    ),
    "src/main/java/BuoyController.java": (
        '@RequestMapping("/api")\npublic class BuoyController implements BuoysApi {\n'
        "  @Override\n  public void liftBuoy(Integer buoyId) {\n    lift(buoyId);\n  }\n}\n"
    ),
}
NET = {
    "Api/PlotsController.cs": (
        '[ApiController]\n[Route("api/[controller]")]\npublic class PlotsController {\n'
        '  [HttpDelete("{id}")]\n  public void Clear(int id) {\n    plots.Remove(id);\n  }\n}\n'
    )
}
AXUM = {
    "src/http.rs": (
        "pub fn router() -> Router {\n    Router::new()\n"
        '        .route("/nests", get(list_nests).post(add_nest))\n'
        '        .route("/nests/:id", delete(birds::drop_nest))\n}\n\n'
        "async fn list_nests() {}\nasync fn add_nest() {}\n"
    ),
    "src/birds.rs": "pub async fn drop_nest() {}\n",
}
ACTIX = {"src/main.rs": '#[post("/tickets/{id}/void")]\nasync fn void_ticket() {\n    void();\n}\n'}
RAILS = {
    "config/routes.rb": (
        "Rails.application.routes.draw do\n"
        "  namespace :admin do\n    resources :loans, only: %i[index destroy] do\n"
        '      member do\n        post "renew"\n      end\n    end\n  end\n'
        '  get "/overdue" => "loans#overdue", :as => "overdue"\n'
        "  resource :card, except: [:destroy]\nend\n"
    ),
    "app/controllers/admin/loans_controller.rb": (
        "class Admin::LoansController < ApplicationController\n"
        "  before_action :find_loan, only: [:renew]\n\n"
        "  def renew\n    @loan.renew!\n  end\n\n  def destroy\n    @loan.end!\n  end\n\n"
        "  private\n\n  def find_loan\n    @loan = Loan.find(params[:id])\n  end\nend\n"
    ),
    "app/controllers/loans_controller.rb": (
        "class LoansController < ApplicationController\n"
        "  def overdue\n    @loans = late\n  end\nend\n"
    ),
    "app/controllers/cards_controller.rb": (
        "class CardsController < ApplicationController\n  def update\n    save\n  end\nend\n"
    ),
}
NEXT = {
    "app/(shop)/api/seeds/[id]/route.ts": (
        'import { sow } from "../../../../../lib/sow";\n'
        "export async function PUT(request: Request) {\n  return sow(request);\n}\n"
    ),
    "lib/sow.ts": "export async function sow(request: Request) {\n  return request;\n}\n",
    "app/(shop)/beds/page.tsx": (
        'import { beds } from "../../../lib/beds";\n'
        "export default async function Page() {\n  return <p>{await beds()}</p>;\n}\n"
    ),
    "lib/beds.ts": "export async function beds() {\n  return 3;\n}\n",
    "app/actions.ts": (
        "'use server';\n\n"
        "export const water = guarded(async (form) => {\n  await pour(form);\n});\n"
        "async function pour(form) {\n  return form;\n}\n"
    ),
    "middleware.ts": "export function middleware(request) {\n  return check(request);\n}\n"
    "function check(request) {\n  return request;\n}\n",
}
KOA = {
    "routes.js": (
        'const Router = require("koa-router");\nconst ctrl = require("./ctrl");\n'
        "const router = new Router();\n"
        'router.del("/kites/:id", ctrl.del);\nmodule.exports = router;\n'
    ),
    "ctrl.js": "module.exports = {\n  async del(ctx) {\n    ctx.body = {};\n  },\n};\n",
}
CHAINED = {
    "routes.js": (
        'import express from "express";\nimport { list, add, drop } from "./beds.js";\n'
        "const router = express.Router();\n"
        'router.route("/").get(list).post(guard, add);\n'
        'router\n  .route("/:id")\n  .delete(guard, drop);\nexport default router;\n'
    ),
    "app.js": (
        'import express from "express";\nimport beds from "./routes.js";\n'
        'const app = express();\napp.use("/beds", beds);\n'
    ),
    "beds.js": ("export function list() {}\nexport function add() {}\nexport function drop() {}\n"),
}
CASES = [
    ("chain", CHAINED, "beds.js", "list", ["GET /beds"]),
    ("second of a chain", CHAINED, "beds.js", "add", ["POST /beds"]),
    ("chain over lines", CHAINED, "beds.js", "drop", ["DELETE /beds/:id"]),
    ("spring method", SPRING, "src/main/java/crew/CrewService.java", "findSailor",
     ["GET /api/crew/{id}"]),
    ("spring without path", SPRING, "src/main/java/crew/CrewController.java", "hire",
     ["POST /api/crew"]),
    ("spring request mapping", SPRING, "src/main/java/crew/CrewService.java", "promoteSailor",
     ["PUT /api/crew/{id}/rank"]),
    ("operation of a document", GENERATED, "src/main/java/BuoyController.java", "liftBuoy",
     ["DELETE /api/buoys/{buoyId}"]),
    ("asp.net", NET, "Api/PlotsController.cs", "Clear", ["DELETE /api/plots/{id}"]),
    ("axum", AXUM, "src/http.rs", "add_nest", ["POST /nests"]),
    ("axum of another module", AXUM, "src/birds.rs", "drop_nest", ["DELETE /nests/:id"]),
    ("actix", ACTIX, "src/main.rs", "void_ticket", ["POST /tickets/{id}/void"]),
    ("rails member", RAILS, "app/controllers/admin/loans_controller.rb", "renew",
     ["POST /admin/loans/{id}/renew"]),
    ("rails filter", RAILS, "app/controllers/admin/loans_controller.rb", "find_loan",
     ["POST /admin/loans/{id}/renew"]),
    ("rails target", RAILS, "app/controllers/loans_controller.rb", "overdue", ["GET /overdue"]),
    ("rails resource", RAILS, "app/controllers/cards_controller.rb", "update", ["PATCH /card"]),
    ("next route", NEXT, "lib/sow.ts", "sow", ["PUT /api/seeds/:id"]),
    ("next page", NEXT, "lib/beds.ts", "beds", ["page /beds"]),
    ("server action", NEXT, "app/actions.ts", "pour", ["server action water"]),
    ("middleware", NEXT, "middleware.ts", "check", ["every HTTP request"]),
    ("koa del", KOA, "ctrl.js", "del", ["DELETE /kites/:id"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "path", "symbol", "routes"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_declared_routes_reach_their_handlers(
    files: dict[str, str], path: str, symbol: str, routes: list[str]
) -> None:
    """What declares a route makes its handler, and what that calls, reachable by it."""
    asked = finding("X-1", (symbol,), path)
    found = find_references([asked], Snapshot.of(files), provider="syntax")
    assert [each.name for each in found.entry_points("X-1")] == routes


def test_a_common_name_is_not_followed_to_its_namesakes() -> None:
    """``save`` of one class is not reached by a route that calls the ``save`` of another."""
    files = {
        "A.java": '@RestController\nclass A {\n  @PostMapping("/a")\n'
        "  void a() {\n    b.save();\n  }\n}\n",
        "B.java": "class B {\n  void save() {\n  }\n}\n",
        "C.java": "class C {\n  void save() {\n  }\n}\n",
    }
    found = find_references(
        [finding("X-1", ("save",), "C.java")], Snapshot.of(files), provider="syntax"
    )
    assert found.entry_points("X-1") == ()


def test_actions_of_rails_are_called_by_nobody_and_setters_by_their_names() -> None:
    """``index`` of a controller is no ``index`` of a schema; ``pin=`` is used where it is set."""
    files = {
        "app/controllers/loans_controller.rb": "class LoansController\n  def index\n  end\nend\n",
        "db/schema.rb": 'create_table "loans" do |t|\n  t.index ["card_id"]\nend\n',
        "app/models/card.rb": "class Card\n  def secret_pin=(pin)\n    @pin = pin\n  end\nend\n",
        "app/desk.rb": "class Desk\n  def take(card)\n    card.secret_pin = 1\n  end\nend\n",
    }
    asked = [
        finding("X-1", ("LoansController.index",), "app/controllers/loans_controller.rb"),
        finding("X-2", ("Card.secret_pin=",), "app/models/card.rb"),
    ]
    found = find_references(asked, Snapshot.of(files), provider="syntax").by_finding
    assert found["X-1"][0].references == ()
    assert [written(use) for use in found["X-2"][0].references] == [
        "app/desk.rb:3 call — Desk.take"
    ]


def test_members_of_go_are_told_by_what_they_are_called_on() -> None:
    """``Add`` of a register is not the ``Add`` of a set of values."""
    files = {
        "till.go": (
            "package shop\n\ntype Till struct{}\n\nfunc (t *Till) Add(sum int) {}\n\n"
            "func NewTill() *Till { return &Till{} }\n"
        ),
        "shop.go": (
            "package shop\n\nfunc Sell(values Values) {\n\ttill := NewTill()\n\ttill.Add(3)\n"
            '\tvalues.Add("a")\n}\n'
        ),
    }
    asked = finding("X-1", ("Till.Add",), "till.go")
    (row,) = find_references([asked], Snapshot.of(files), provider="syntax").by_finding["X-1"]
    assert [written(use) for use in row.references] == ["shop.go:5 call — Sell"]
