"""What packages that are often used export: names that no file of the target may import yet.

A name is taken from here only where the target imports its package already. To know more of a
package, add its names to its line.
"""

from __future__ import annotations

_SCRIPT = {
    "react": "useState useEffect useCallback useMemo useRef useReducer useContext useId"
    " useTransition useDeferredValue useLayoutEffect memo lazy Suspense Fragment"
    " StrictMode forwardRef createContext",
    "class-validator": "IsString IsNumber IsInt IsBoolean IsEmail IsUUID IsUrl IsOptional"
    " IsNotEmpty IsEnum IsArray IsDate IsDateString IsPositive IsIn Min Max MinLength MaxLength"
    " Length Matches ArrayMaxSize ArrayMinSize ArrayNotEmpty ValidateNested ValidateIf",
    "class-transformer": "Type Exclude Expose Transform plainToInstance instanceToPlain",
    "@nestjs/common": "BadRequestException UnauthorizedException ForbiddenException"
    " NotFoundException ConflictException InternalServerErrorException ParseIntPipe ParseUUIDPipe"
    " ValidationPipe UseGuards UseInterceptors UsePipes HttpCode HttpStatus Logger"
    " Injectable",
    "express": "Router Request Response NextFunction RequestHandler ErrorRequestHandler",
    "vue": "ref reactive computed watch watchEffect onMounted onUnmounted onBeforeUnmount nextTick",
}
_PYTHON = {
    "fastapi": "FastAPI APIRouter Depends Query Path Body Header Cookie File Form UploadFile"
    " Request Response HTTPException Security status BackgroundTasks WebSocket"
    " WebSocketDisconnect",
    "pydantic": "BaseModel Field ConfigDict EmailStr HttpUrl SecretStr constr conint"
    " ValidationError field_validator model_validator field_serializer computed_field"
    " PositiveInt NonNegativeInt",
    "sqlalchemy": "select insert update delete func text and_ or_ desc asc Index UniqueConstraint"
    " ForeignKey CheckConstraint",
    "sqlalchemy.orm": "selectinload joinedload Session relationship mapped_column Mapped",
    "django.db": "transaction models connection IntegrityError",
    "django.shortcuts": "get_object_or_404 get_list_or_404 render redirect",
    "django.http": "HttpResponse JsonResponse HttpResponseBadRequest HttpResponseForbidden Http404"
    " HttpResponseNotAllowed",
    "flask": "abort jsonify request current_app g session url_for redirect make_response",
}


def known_packages(name: str, *, python: bool) -> list[str]:
    """Return the packages that are known to export ``name``."""
    table = _PYTHON if python else _SCRIPT
    return [package for package, names in table.items() if name in names.split()]
