namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Reads a file of weights; its content, not its name, determines the format.</summary>
internal static class CheckpointReader
{
    private const string FormatNames = "safetensors, PyTorch (.pth, .pt), Keras (.h5, .keras) or ONNX";
    private const int SignatureLength = 512;

    private static readonly (IsFormat IsFormat, Func<Stream, string, Checkpoint> Read)[] Formats =
    [
        (SafetensorsReader.IsSafetensors, SafetensorsReader.Read),
        (TorchZipReader.IsZip, TorchZipReader.Read),
        (TorchLegacyReader.IsLegacy, TorchLegacyReader.Read),
        (Hdf5Files.IsHdf5, Hdf5Files.Read),
        (OnnxReader.IsOnnx, OnnxReader.Read),
    ];

    private delegate bool IsFormat(ReadOnlySpan<byte> start);

    /// <param name="stream">The file; must be able to seek. Not disposed.</param>
    /// <param name="source">Name of the file, for messages.</param>
    internal static Checkpoint Read(Stream stream, string source)
    {
        long start = stream.Position;
        byte[] signature = new byte[SignatureLength];
        int length = stream.ReadAtLeast(signature, SignatureLength, throwOnEndOfStream: false);
        stream.Position = start;
        if (length == 0)
        {
            throw new WeightsFormatException(WeightsFormatError.Truncated, source, "the file is empty.");
        }

        return CheckpointNames.Translate(ReadAs(signature.AsSpan(0, length), stream, source));
    }

    private static Checkpoint ReadAs(ReadOnlySpan<byte> start, Stream stream, string source)
    {
        foreach ((IsFormat isFormat, Func<Stream, string, Checkpoint> read) in Formats)
        {
            if (isFormat(start))
            {
                return read(stream, source);
            }
        }

        throw ForeignFiles.Unknown(start, FormatNames, source);
    }
}
