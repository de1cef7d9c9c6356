package org.pyparallel.interpreter.cpython;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.pyparallel.interpreter.cpython.Downcall.call;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// The functions of libpython that are used here, as they are in C: addresses are `long`s, nothing
/// is checked, the thread must hold the lock of the interpreter it works on.
///
/// Names and contracts: <https://docs.python.org/3.14/c-api/>.
final class LibPython {
  private static final Linker LINKER = Linker.nativeLinker();

  private static final int RTLD_NOW = 2;
  private static final int RTLD_GLOBAL = isMac() ? 8 : 0x100;

  /// `PyStatus`: kind, function, message, exit code.
  private static final StructLayout STATUS =
      MemoryLayout.structLayout(
          JAVA_INT,
          MemoryLayout.paddingLayout(4),
          ADDRESS,
          ADDRESS,
          JAVA_INT,
          MemoryLayout.paddingLayout(4));

  private static final int STATUS_MESSAGE = 16;

  private static final boolean X86_64 = System.getProperty("os.arch", "").equals("amd64");

  private final SymbolLookup symbols;

  private final MemorySegment initConfigCreate;
  private final MemorySegment initConfigFree;
  private final MemorySegment initConfigSetStr;
  private final MemorySegment initConfigSetInt;
  private final MemorySegment initConfigGetError;
  private final MemorySegment initializeFromInitConfig;
  private final MemorySegment newInterpreterFromConfig;
  private final MemorySegment endInterpreter;
  private final MemorySegment saveThread;
  private final MemorySegment restoreThread;
  private final MemorySegment threadStateNew;
  private final MemorySegment threadStateClear;
  private final MemorySegment threadStateDeleteCurrent;
  private final MemorySegment threadStateGetInterpreter;
  private final MemorySegment threadStateGetFrame;
  private final MemorySegment threadStateNext;
  private final MemorySegment interpreterThreadHead;
  private final MemorySegment threadStateSetAsyncExc;
  private final MemorySegment threadIdent;
  private final MemorySegment sysGetObject;
  private final MemorySegment listInsert;
  private final MemorySegment importModule;
  private final MemorySegment getAttrString;
  private final MemorySegment vectorcall;
  private final MemorySegment decRef;
  private final MemorySegment bytesFromStringAndSize;
  private final MemorySegment bytesAsString;
  private final MemorySegment bytesSize;
  private final MemorySegment longFromLong;
  private final MemorySegment longAsLong;
  private final MemorySegment newCFunction;
  private final MemorySegment getRaisedException;
  private final MemorySegment clearError;
  private final MemorySegment repr;
  private final MemorySegment asUtf8AndSize;
  private final MemorySegment fromString;
  private final MemorySegment version;

  /// The objects `None`, `True` and `False`, which are never freed.
  final long none;

  final long yes;
  final long no;

  /// Loads the library with its symbols visible to extension modules.
  ///
  /// @throws UnsatisfiedLinkError if it or a library it needs cannot be loaded; the message is the
  ///   loader's
  LibPython(Path library) {
    open(library);
    symbols = SymbolLookup.libraryLookup(library, Arena.global());
    initConfigCreate = symbol("PyInitConfig_Create");
    initConfigFree = symbol("PyInitConfig_Free");
    initConfigSetStr = symbol("PyInitConfig_SetStr");
    initConfigSetInt = symbol("PyInitConfig_SetInt");
    initConfigGetError = symbol("PyInitConfig_GetError");
    initializeFromInitConfig = symbol("Py_InitializeFromInitConfig");
    newInterpreterFromConfig = symbol("Py_NewInterpreterFromConfig");
    endInterpreter = symbol("Py_EndInterpreter");
    saveThread = symbol("PyEval_SaveThread");
    restoreThread = symbol("PyEval_RestoreThread");
    threadStateNew = symbol("PyThreadState_New");
    threadStateClear = symbol("PyThreadState_Clear");
    threadStateDeleteCurrent = symbol("PyThreadState_DeleteCurrent");
    threadStateGetInterpreter = symbol("PyThreadState_GetInterpreter");
    threadStateGetFrame = symbol("PyThreadState_GetFrame");
    threadStateNext = symbol("PyThreadState_Next");
    interpreterThreadHead = symbol("PyInterpreterState_ThreadHead");
    threadStateSetAsyncExc = symbol("PyThreadState_SetAsyncExc");
    threadIdent = symbol("PyThread_get_thread_ident");
    sysGetObject = symbol("PySys_GetObject");
    listInsert = symbol("PyList_Insert");
    importModule = symbol("PyImport_ImportModule");
    getAttrString = symbol("PyObject_GetAttrString");
    vectorcall = symbol("PyObject_Vectorcall");
    decRef = symbol("Py_DecRef");
    bytesFromStringAndSize = symbol("PyBytes_FromStringAndSize");
    bytesAsString = symbol("PyBytes_AsString");
    bytesSize = symbol("PyBytes_Size");
    longFromLong = symbol("PyLong_FromLong");
    longAsLong = symbol("PyLong_AsLong");
    newCFunction = symbol("PyCMethod_New");
    getRaisedException = symbol("PyErr_GetRaisedException");
    clearError = symbol("PyErr_Clear");
    repr = symbol("PyObject_Repr");
    fromString = symbol("PyUnicode_FromString");
    asUtf8AndSize = symbol("PyUnicode_AsUTF8AndSize");
    version = symbol("Py_GetVersion");
    none = symbol("_Py_NoneStruct").address();
    yes = symbol("_Py_TrueStruct").address();
    no = symbol("_Py_FalseStruct").address();
  }

  private static void open(Path library) {
    SymbolLookup system = LINKER.defaultLookup();
    if (system.find("dlopen").isEmpty()) {
      return; // Windows: libraryLookup loads it, and symbols are global as they are
    }
    try (Arena arena = Arena.ofConfined()) {
      long handle =
          call(
              system.findOrThrow("dlopen"),
              CMemory.string(arena, library.toString()),
              RTLD_NOW | RTLD_GLOBAL);
      if (handle == 0) {
        throw new UnsatisfiedLinkError(string(call(system.findOrThrow("dlerror"))));
      }
    }
  }

  private static boolean isMac() {
    return System.getProperty("os.name", "").startsWith("Mac");
  }

  private MemorySegment symbol(String name) {
    return symbols.findOrThrow(name);
  }

  long initConfigCreate() {
    return call(initConfigCreate);
  }

  void initConfigFree(long config) {
    call(initConfigFree, config);
  }

  int initConfigSetStr(long config, long name, long value) {
    return (int) call(initConfigSetStr, config, name, value);
  }

  int initConfigSetInt(long config, long name, long value) {
    return (int) call(initConfigSetInt, config, name, value);
  }

  /// @param errorSlot where the address of the message is put
  void initConfigGetError(long config, long errorSlot) {
    call(initConfigGetError, config, errorSlot);
  }

  int initializeFromInitConfig(long config) {
    return (int) call(initializeFromInitConfig, config);
  }

  /// @param threadSlot where the address of the new thread state is put
  /// @param config a `PyInterpreterConfig`
  /// @return null, or what went wrong
  @org.jspecify.annotations.Nullable
  String newInterpreterFromConfig(MemorySegment threadSlot, MemorySegment config) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = newInterpreter(arena, threadSlot, config);
      ByteBuffer fields = CMemory.fields(status);
      return fields.getInt(0) == 0 ? null : string(fields.getLong(STATUS_MESSAGE));
    }
  }

  /// The one call that returns a struct. On x86-64, Windows or not, the caller passes where to put
  /// it as a first argument, as could be done in C; elsewhere that takes a shape of its own.
  private MemorySegment newInterpreter(
      Arena arena, MemorySegment threadSlot, MemorySegment config) {
    if (X86_64) {
      MemorySegment status = arena.allocate(STATUS);
      call(newInterpreterFromConfig, status.address(), threadSlot.address(), config.address());
      return status;
    }
    try {
      return (MemorySegment)
          NewInterpreter.CALL.invokeExact(
              newInterpreterFromConfig, (SegmentAllocator) arena, threadSlot, config);
    } catch (Throwable e) {
      throw Downcall.unexpected(e);
    }
  }

  private static final class NewInterpreter {
    static final MethodHandle CALL =
        LINKER.downcallHandle(FunctionDescriptor.of(STATUS, ADDRESS, ADDRESS));
  }

  void endInterpreter(long thread) {
    call(endInterpreter, thread);
  }

  long saveThread() {
    return call(saveThread);
  }

  void restoreThread(long thread) {
    call(restoreThread, thread);
  }

  long threadStateNew(long interpreter) {
    return call(threadStateNew, interpreter);
  }

  void threadStateClear(long thread) {
    call(threadStateClear, thread);
  }

  void threadStateDeleteCurrent() {
    call(threadStateDeleteCurrent);
  }

  long threadStateGetInterpreter(long thread) {
    return call(threadStateGetInterpreter, thread);
  }

  /// @return a new reference, or 0 where the thread runs no Python code
  long threadStateGetFrame(long thread) {
    return call(threadStateGetFrame, thread);
  }

  /// @return the interpreter's newest thread; older ones are next to it
  long interpreterThreadHead(long interpreter) {
    return call(interpreterThreadHead, interpreter);
  }

  /// @return 0 after the last
  long threadStateNext(long thread) {
    return call(threadStateNext, thread);
  }

  void threadStateSetAsyncExc(long ident, long exception) {
    call(threadStateSetAsyncExc, ident, exception);
  }

  long threadIdent() {
    return call(threadIdent);
  }

  /// @return a borrowed reference
  long sysGetObject(long name) {
    return call(sysGetObject, name);
  }

  int listInsert(long list, long index, long object) {
    return (int) call(listInsert, list, index, object);
  }

  long importModule(long name) {
    return call(importModule, name);
  }

  long getAttrString(long object, long name) {
    return call(getAttrString, object, name);
  }

  /// @param arguments an array of `count` object addresses
  long vectorcall(long callable, long arguments, long count) {
    return call(vectorcall, callable, arguments, count, 0);
  }

  void decRef(long object) {
    call(decRef, object);
  }

  /// @param content an address, or 0 to leave the bytes to be filled
  long bytesFromStringAndSize(long content, long size) {
    return call(bytesFromStringAndSize, content, size);
  }

  long bytesAsString(long bytes) {
    return call(bytesAsString, bytes);
  }

  long bytesSize(long bytes) {
    return call(bytesSize, bytes);
  }

  long longFromLong(long value) {
    return call(longFromLong, value);
  }

  long longAsLong(long object) {
    return call(longAsLong, object);
  }

  /// @param definition a `PyMethodDef` that outlives the function
  long newCFunction(long definition, long self) {
    return call(newCFunction, definition, self, 0, 0);
  }

  long getRaisedException() {
    return call(getRaisedException);
  }

  void clearError() {
    call(clearError);
  }

  long repr(long object) {
    return call(repr, object);
  }

  long unicodeFromString(long utf8) {
    return call(fromString, utf8);
  }

  /// @param sizeSlot where the length is put, or 0
  long asUtf8AndSize(long unicode, long sizeSlot) {
    return call(asUtf8AndSize, unicode, sizeSlot);
  }

  /// Needs no interpreter: the version as `sys.version` has it.
  String version() {
    return string(call(version));
  }

  /// Reads a C string; `?` for a null pointer.
  static String string(long address) {
    if (address == 0) {
      return "?";
    }
    return MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE).getString(0);
  }
}
