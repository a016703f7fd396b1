namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Reads the weights that Keras saves as HDF5, where the assembly that can do so is there.</summary>
/// <remarks>
/// The HDF5 library makes types at run time, so it would keep every program from being trimmed. Its reader is therefore in the assembly
/// above this one, and is found by name when the first HDF5 file is opened; a program needs not have called that assembly before.
/// </remarks>
internal static class Hdf5Files
{
    private static readonly Lazy<IHdf5Reader?> Reader = new(FindReader);

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0d, 0x0a, 0x1a, 0x0a];

    internal static bool IsHdf5(ReadOnlySpan<byte> start) => start.StartsWith(Signature);

    /// <param name="stream">The file; must be able to seek. Not disposed.</param>
    /// <param name="source">Name of the file, for messages.</param>
    internal static Checkpoint Read(Stream stream, string source) => Reader.Value?.Read(stream, source) ?? throw new WeightsFormatException(
        WeightsFormatError.UnknownFormat,
        source,
        "it is an HDF5 file, as Keras saves weights. Reference the package Microsoft.ML.MobileNetV2, which reads them, or save the weights as safetensors.");

    private static IHdf5Reader? FindReader() =>
        Type.GetType("Microsoft.ML.MobileNetV2.Keras.KerasFormat, Microsoft.ML.MobileNetV2") is { } type ? (IHdf5Reader?)Activator.CreateInstance(type) : null;
}
