using System.Globalization;
using System.Text.RegularExpressions;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>
/// Provides the few names that the pickle of a state dict needs, and the results of calling them. Nothing is ever executed: every other call
/// gives an object that stays closed.
/// </summary>
internal static partial class TorchGlobals
{
    internal const string Allowed = "tensors, numbers, text, lists and dictionaries";
    private const int MaxDimensions = 8;

    private static readonly HashSet<PickleGlobal> Dictionaries =
        [new("collections", "OrderedDict"), new("collections", "defaultdict"), new("builtins", "dict"), new("__builtin__", "dict")];

    private static readonly HashSet<PickleGlobal> Tensors = [new("torch._utils", "_rebuild_tensor_v2"), new("torch._utils", "_rebuild_tensor")];

    private static readonly HashSet<PickleGlobal> Parameters =
        [new("torch._utils", "_rebuild_parameter"), new("torch._utils", "_rebuild_parameter_with_state")];

    private static readonly PickleGlobal Subclass = new("torch._tensor", "_rebuild_from_type_v2");

    private static readonly Dictionary<string, (FileDataType? Type, int Size)> Storages = new(StringComparer.Ordinal)
    {
        ["FloatStorage"] = (FileDataType.F32, 4),
        ["HalfStorage"] = (FileDataType.F16, 2),
        ["BFloat16Storage"] = (FileDataType.BF16, 2),
        ["DoubleStorage"] = (FileDataType.F64, 8),
        ["LongStorage"] = (FileDataType.I64, 8),
        ["IntStorage"] = (null, 4),
        ["ShortStorage"] = (null, 2),
        ["CharStorage"] = (null, 1),
        ["ByteStorage"] = (null, 1),
        ["BoolStorage"] = (null, 1),
        ["QInt8Storage"] = (null, 1),
        ["QUInt8Storage"] = (null, 1),
        ["QInt32Storage"] = (null, 4),
        ["ComplexFloatStorage"] = (null, 8),
        ["ComplexDoubleStorage"] = (null, 16),
        ["UntypedStorage"] = (null, 1),
    };

    /// <summary>Names whose only use in a pickle is to run something. They would stay closed too, but a file that has them is not one to use.</summary>
    private static readonly HashSet<string> Programs = new(StringComparer.Ordinal)
    {
        "os", "posix", "nt", "sys", "subprocess", "pty", "runpy", "socket", "shutil", "importlib", "ctypes", "code", "codeop", "commands", "webbrowser",
        "pickle", "_pickle", "marshal", "operator", "_operator", "torch.hub", "torch.jit", "timeit", "cProfile", "pdb", "bdb", "asyncio", "multiprocessing",
        "http.client", "urllib.request", "requests",
    };

    private static readonly HashSet<string> HarmlessBuiltIns = new(StringComparer.Ordinal)
    {
        "dict", "list", "set", "frozenset", "tuple", "object", "complex", "slice", "range", "xrange", "bytearray", "bytes", "int", "long", "float", "bool",
        "str", "unicode", "print", "type", "NotImplemented", "Ellipsis",
    };

    /// <summary>Returns whether a name may stand in a pickle: only names that run something may not.</summary>
    internal static bool IsAllowed(PickleGlobal global)
    {
        bool isBuiltIn = global.Module is "builtins" or "__builtin__";
        string package = global.Module.Split('.')[0];
        return !Programs.Contains(global.Module)
            && !Programs.Contains(package)
            && !global.Name.Contains("__", StringComparison.Ordinal)
            && (!isBuiltIn || HarmlessBuiltIns.Contains(global.Name));
    }

    /// <summary>Returns what a call gives; null where the file describes a tensor or a dictionary wrongly.</summary>
    internal static object? Call(object? callable, object? arguments) => (callable as PickleGlobal, arguments) switch
    {
        (null, _) => callable is PickledObject closed ? closed : null,
        ({ } global, object?[] values) when Dictionaries.Contains(global) => Dictionary(values),
        ({ } global, object?[] { Length: >= 1 } values) when Parameters.Contains(global) => values[0] is PickledTensor or PickledObject ? values[0] : null,
        ({ } global, object?[] values) when Tensors.Contains(global) => Tensor(values),
        ({ } global, object?[] { Length: >= 3 } values) when global == Subclass && values[0] is PickleGlobal inner && inner != Subclass => Call(inner, values[2]),
        ({ } global, _) => Tensors.Contains(global) ? null : new PickledObject(global.ToString()),
    };

    /// <summary>Returns the storage that a persistent id describes: ('storage', type, key, device, length, …); null where it is none.</summary>
    internal static PickledStorage? Storage(object? id) =>
        id is object?[] { Length: >= 5 } parts
        && parts[0] is "storage"
        && parts[1] is PickleGlobal { Module: "torch" or "torch.storage" } type
        && parts[2] is string key
        && parts[4] is long and >= 0
        && (parts.Length == 5 || parts[5] is null)
            ? Storage(type.Name, key, (long)parts[4]!)
            : null;

    /// <summary>Returns the storage that a persistent id describes as pickle's protocol 0 writes it: as the text of the tuple.</summary>
    internal static PickledStorage? Storage(string text) =>
        StorageText().Match(text) is { Success: true } match && long.TryParse(match.Groups[3].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out long length)
            ? Storage(match.Groups[1].Value, match.Groups[2].Value, length)
            : null;

    private static PickledStorage? Storage(string type, string key, long length) =>
        Storages.TryGetValue(type, out (FileDataType? Type, int Size) known) ? new(known.Type, known.Size, key, length) : null;

    private static Dictionary<object, object?> Dictionary(object?[] arguments)
    {
        Dictionary<object, object?> dictionary = [];
        foreach (object? item in arguments is [List<object?> items] ? items : [])
        {
            (object? key, object? value) = item switch
            {
                List<object?> { Count: 2 } pair => (pair[0], pair[1]),
                object?[] { Length: 2 } pair => (pair[0], pair[1]),
                _ => default,
            };
            if (key is string or long)
            {
                dictionary[key] = value;
            }
        }

        return dictionary;
    }

    private static PickledTensor? Tensor(object?[] values) =>
        values.Length >= 4
        && values[0] is PickledStorage storage
        && values[1] is long offset
        && Numbers(values[2]) is { } shape
        && Numbers(values[3]) is { } strides
            ? new(storage, offset, shape, strides)
            : null;

    /// <summary>Returns a shape. Many tensors may share one tuple in the file, so the length is limited before it is copied.</summary>
    private static long[]? Numbers(object? tuple) => tuple is object?[] { Length: <= MaxDimensions } values && Array.TrueForAll(values, value => value is long)
        ? [.. values.Cast<long>()]
        : null;

    [GeneratedRegex(@"^\('storage', <class 'torch\.(\w+)'>, '([^']*)', '[^']*', (\d+)(, None)?\)$", RegexOptions.CultureInvariant)]
    private static partial Regex StorageText();
}
