namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Provides the few names that the pickle of a state dict needs, and the results of calling them; nothing is ever executed.</summary>
internal static class TorchGlobals
{
    internal const string Allowed = "tensors, numbers, text, lists and dictionaries";
    private static readonly PickleGlobal OrderedDictionary = new("collections", "OrderedDict");
    private static readonly PickleGlobal RebuildTensor = new("torch._utils", "_rebuild_tensor_v2");
    private static readonly PickleGlobal RebuildParameter = new("torch._utils", "_rebuild_parameter");

    private static readonly Dictionary<PickleGlobal, FileDataType> Storages = new()
    {
        [new("torch", "FloatStorage")] = FileDataType.F32,
        [new("torch", "HalfStorage")] = FileDataType.F16,
        [new("torch", "BFloat16Storage")] = FileDataType.BF16,
        [new("torch", "DoubleStorage")] = FileDataType.F64,
        [new("torch", "LongStorage")] = FileDataType.I64,
    };

    internal static bool IsAllowed(PickleGlobal global) =>
        global == OrderedDictionary || global == RebuildTensor || global == RebuildParameter || Storages.ContainsKey(global);

    /// <summary>Returns the result of calling <paramref name="callable"/>; null where a state dict never makes the call.</summary>
    internal static object? Call(object? callable, object? arguments) => (callable as PickleGlobal, arguments) switch
    {
        ({ } global, object?[] { Length: 0 }) when global == OrderedDictionary => new Dictionary<object, object?>(),
        ({ } global, object?[] { Length: >= 1 } values) when global == RebuildParameter => values[0] as PickledTensor,
        ({ } global, object?[] values) when global == RebuildTensor => Tensor(values),
        _ => null,
    };

    /// <summary>Returns the storage that a persistent id describes: ('storage', type, key, device, length, …); null where it is none.</summary>
    internal static PickledStorage? Storage(object? id) =>
        id is object?[] { Length: >= 5 } parts
        && parts[0] is "storage"
        && parts[1] is PickleGlobal type
        && Storages.TryGetValue(type, out FileDataType dataType)
        && parts[2] is string key
        && parts[4] is long and >= 0
        && (parts.Length == 5 || parts[5] is null)
            ? new(dataType, key, (long)parts[4]!)
            : null;

    private static PickledTensor? Tensor(object?[] values) =>
        values.Length >= 4
        && values[0] is PickledStorage storage
        && values[1] is long offset
        && Numbers(values[2]) is { } shape
        && Numbers(values[3]) is { } strides
            ? new(storage, offset, shape, strides)
            : null;

    private static long[]? Numbers(object? tuple) =>
        tuple is object?[] values && Array.TrueForAll(values, value => value is long) ? [.. values.Cast<long>()] : null;
}
