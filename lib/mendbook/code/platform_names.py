"""Names that a JavaScript or TypeScript file has without binding them."""

from __future__ import annotations

import re

_LANGUAGE = """
AggregateError Array ArrayBuffer AsyncIterator Atomics BigInt BigInt64Array BigUint64Array Boolean
DataView Date Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function
Infinity Int16Array Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object Promise
Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String Symbol SyntaxError
TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet
arguments decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval globalThis
isFinite isNaN parseFloat parseInt undefined unescape DisposableStack AsyncDisposableStack
SuppressedError
"""
_HOST = """
AbortController AbortSignal Blob BroadcastChannel Buffer ByteLengthQueuingStrategy Cache
CacheStorage CompressionStream CountQueuingStrategy Crypto CryptoKey CustomEvent DOMException
DecompressionStream Event EventSource EventTarget File FileReader FormData Headers MessageChannel
MessageEvent MessagePort Navigator Performance PerformanceEntry PerformanceMark PerformanceMeasure
PerformanceObserver Request Response Storage SubtleCrypto TextDecoder TextDecoderStream
TextEncoder TextEncoderStream TransformStream URL URLSearchParams WebAssembly WebSocket
ReadableStream WritableStream __dirname __filename atob btoa caches clearImmediate clearInterval
clearTimeout console crypto exports fetch global importScripts localStorage module navigator
performance process queueMicrotask reportError require sessionStorage setImmediate setInterval
setTimeout structuredClone self postMessage alert blur cancelAnimationFrame cancelIdleCallback
confirm customElements devicePixelRatio dispatchEvent document focus getComputedStyle getSelection
history indexedDB innerHeight innerWidth location matchMedia moveTo onbeforeunload onerror onload
onmessage onresize onunhandledrejection opener outerHeight outerWidth pageXOffset pageYOffset
print prompt removeEventListener addEventListener requestAnimationFrame requestIdleCallback
resizeTo screen screenX screenY scrollBy scrollTo scrollX scrollY speechSynthesis visualViewport
window webkitRequestAnimationFrame XMLHttpRequest XMLSerializer DOMParser XPathResult Audio Image
Option Notification Worker SharedWorker ServiceWorker Node NodeList Element Document
DocumentFragment Text Comment Range Selection Window Location History Screen Touch TouchList
DataTransfer DataTransferItem FileList ShadowRoot Attr NamedNodeMap TreeWalker NodeFilter
MutationObserver MutationRecord IntersectionObserver IntersectionObserverEntry ResizeObserver
ResizeObserverEntry ResizeObserverSize URLPattern Clients Client Path2D OffscreenCanvas ImageData
ImageBitmap createImageBitmap CanvasRenderingContext2D CanvasGradient ValidityState MediaQueryList
Permissions Geolocation Lock LockManager Clipboard ClipboardItem registerProcessor registerPaint
sampleRate currentTime AudioWorkletProcessor EyeDropper
"""
_TESTS = """
after afterAll afterEach assert before beforeAll beforeEach browser by chai context cy Cypress
describe element expect expectTypeOf assertType fdescribe fit it jasmine jest mocha onTestFailed
onTestFinished page pending run setup sinon specify spyOn suite suiteSetup suiteTeardown teardown
test vi vitest xcontext xdescribe xit xspecify xtest
"""
_TOOLS = """
$ $$ _ jQuery define requirejs angular React ReactDOM JSX Bun Deno chrome browser browser safari
NodeJS google gtag ga dataLayer Vue Sentry Stripe GM_getValue importMeta ENV process Ext Ember
WScript ActiveXObject Meteor Package Template Session Accounts __DEV__ __webpack_require__
__webpack_public_path__ __non_webpack_require__ __VERSION__ __resourceQuery HMR defineProps
defineEmits defineExpose defineModel defineOptions defineSlots withDefaults definePageMeta
defineNuxtConfig defineNuxtPlugin defineEventHandler useRuntimeConfig $state $derived $effect
$props $bindable $inspect $host
"""
_TYPES = """
AnyRecord ArrayBufferLike ArrayBufferView ArrayLike AsyncGenerator AsyncGeneratorFunction
AsyncIterable AsyncIterableIterator Awaited BlobPart BodyInit BufferEncoding BufferSource
Capitalize ClassDecorator ConstructorParameters DOMRect DOMRectReadOnly DOMTokenList DOMStringMap
DateConstructor ErrorConstructor ErrorOptions EventListener EventListenerObject
EventListenerOrEventListenerObject Exclude Extract Generator GeneratorFunction HeadersInit
IArguments InstanceType Iterable IterableIterator IteratorResult IteratorReturnResult
IteratorYieldResult Lowercase MapConstructor MapIterator MethodDecorator NewableFunction
CallableFunction NoInfer NonNullable NumberConstructor ObjectConstructor Omit OmitThisParameter
Parameters ParameterDecorator Partial Pick PromiseConstructor PromiseConstructorLike
PromiseFulfilledResult PromiseLike PromiseRejectedResult PromiseSettledResult PropertyDecorator
PropertyDescriptor PropertyDescriptorMap PropertyKey ProxyHandler Readonly ReadonlyArray
ReadonlyMap ReadonlySet Record RegExpExecArray RegExpMatchArray RequestInfo RequestInit
RequestMode RequestCredentials RequestCache RequestRedirect ReferrerPolicy Required ResponseInit
ResponseType ReturnType SetIterator StringConstructor SymbolConstructor TemplateStringsArray
ThisType ThisParameterType TimerHandler TypedPropertyDescriptor Uncapitalize Uppercase WeakKey
XMLHttpRequestBodyInit AddEventListenerOptions EventInit CustomEventInit FrameRequestCallback
StructuredSerializeOptions Transferable OnErrorEventHandler VisibilityState ScrollBehavior
ScrollIntoViewOptions ScrollToOptions ShareData PositionOptions NotificationOptions
MessageEventSource GlobalEventHandlers WindowEventMap DocumentEventMap ElementTagNameMap
AnimationEffect Animation KeyframeAnimationOptions Keyframe JsonWebKey AlgorithmIdentifier
Algorithm FilePropertyBag BlobPropertyBag UnderlyingSource UnderlyingDefaultSource QueuingStrategy
ImportMeta ImportMetaEnv ParentNode ChildNode Slottable ElementInternals ExtendableEvent
FetchEvent ServiceWorkerGlobalScope DedicatedWorkerGlobalScope WorkerGlobalScope Disposable
AsyncDisposable ErrorEventInit MutationObserverInit IntersectionObserverInit ResizeObserverOptions
WorkerOptions FormDataEntryValue ArrayConstructor ArrayBufferConstructor FunctionConstructor
BooleanConstructor PropertyDescriptors DecoratorContext ClassMethodDecoratorContext
ClassFieldDecoratorContext ClassDecoratorContext ClassAccessorDecoratorContext
ClassAccessorDecoratorTarget ClassAccessorDecoratorResult ClassGetterDecoratorContext
ClassSetterDecoratorContext ReadableStreamDefaultReader ReadableStreamDefaultController
WritableStreamDefaultWriter TransformStreamDefaultController ReadableStreamReadResult
ReadableWritablePair BigIntConstructor Int32Array TypedArray
"""
_HOSTED = frozenset(f"{_LANGUAGE} {_HOST}".split())
_EVERYWHERE = frozenset(f"{_LANGUAGE} {_HOST} {_TOOLS} {_TYPES}".split())
_IN_TESTS = frozenset(_TESTS.split())
_FAMILIES = re.compile(
    r"(?:HTML|SVG|CSS|DOM|RTC|WebGL|GPU|IDB|Media|Audio|Speech|Canvas|Storage|Push|Performance"
    r"|Animation|Bluetooth|USB|XR|MIDI|Credential|PublicKeyCredential|Payment|Presentation|Sensor"
    r"|Screen|Wake|WebTransport|Video|Image|Intl|Reporting|Security|Service|Shadow|Text)[A-Z]\w*"
    r"|[A-Z]\w*(?:Event|EventInit|EventMap|EventHandler|Element|Observer|Iterator|Error)"
)


def is_platform(name: str, *, typed: bool, test: bool) -> bool:
    """Tell whether ``name`` is the language's, the host's or a test runner's own.

    Host names that are everyday words (``name``, ``event``, ``top``) are left out: where code uses
    one without binding it, the binding was forgotten more often than the host was meant.
    """
    known = name in _EVERYWHERE or (test and name in _IN_TESTS)
    return known or (typed and bool(_FAMILIES.fullmatch(name)))


def is_host_name(name: str) -> bool:
    """Tell whether the language or its host, a browser or Node.js, binds ``name`` itself."""
    return name in _HOSTED
