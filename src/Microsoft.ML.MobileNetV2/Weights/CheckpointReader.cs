namespace Microsoft.ML.MobileNetV2;

/// <summary>Reads a file of weights; its format is told by its content, not by its name.</summary>
internal static class CheckpointReader
{
    private const int SignatureLength = 16;

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

        return TorchvisionNames.Translate(ReadAs(signature.AsSpan(0, length), stream, source));
    }

    private static Checkpoint ReadAs(ReadOnlySpan<byte> start, Stream stream, string source)
    {
        if (SafetensorsReader.IsSafetensors(start))
        {
            return SafetensorsReader.Read(stream, source);
        }

        if (TorchZipReader.IsZip(start))
        {
            return TorchZipReader.Read(stream, source);
        }

        return TorchLegacyReader.IsLegacy(start)
            ? TorchLegacyReader.Read(stream, source)
            : throw new WeightsFormatException(
                WeightsFormatError.UnknownFormat, source, "the content is in none of the formats that are read: safetensors or PyTorch.");
    }
}
