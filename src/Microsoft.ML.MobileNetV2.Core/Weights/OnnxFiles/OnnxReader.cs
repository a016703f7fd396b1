using Google.Protobuf;
using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Reads the weights out of ONNX models: what a tensor is follows from its place in the graph, so names do not matter.</summary>
internal static class OnnxReader
{
    /// <summary>The largest file in bytes; the widest network that is accepted is smaller.</summary>
    private const int MaxLength = 1 << 30;

    private static readonly MessageParser<ModelProto> Parser = ModelProto.Parser.WithDiscardUnknownFields(true);

    private const byte IrVersionField = 0x08;
    private const byte LargestIrVersion = 0x3f;

    /// <summary>Returns whether a file starts as every exporter writes ONNX: with the version of the format.</summary>
    internal static bool IsOnnx(ReadOnlySpan<byte> start) => start.Length > 2 && start[0] == IrVersionField && start[1] is > 0 and <= LargestIrVersion;

    /// <param name="stream">The file; must be able to seek. Not disposed.</param>
    /// <param name="source">Name of the file, for messages.</param>
    internal static Checkpoint Read(Stream stream, string source)
    {
        long length = stream.Length - stream.Position;
        if (length > MaxLength)
        {
            throw new WeightsFormatException(
                WeightsFormatError.SizeMismatch, source, $"the ONNX file has {length} bytes; no MobileNetV2 is that large.");
        }

        byte[] content = GC.AllocateUninitializedArray<byte>((int)length);
        stream.ReadExactly(content);
        ModelProto model = Parse(content, source);
        if (model.Graph is null)
        {
            throw new WeightsFormatException(WeightsFormatError.UnsupportedNetwork, source, "the ONNX file has no graph.");
        }

        return new OnnxNetwork(new OnnxGraph(model.Graph, OperatorSet(model), source), source).Read(OwnMetadata(model));
    }

    private static long OperatorSet(ModelProto model) =>
        model.OpsetImport.FirstOrDefault(set => set.Domain is "" or "ai.onnx")?.Version ?? 1;

    private static ModelProto Parse(byte[] content, string source)
    {
        try
        {
            if (OnnxLimits.FindExcess(content) is { } excess)
            {
                throw new WeightsFormatException(WeightsFormatError.SizeMismatch, source, excess);
            }

            return Parser.ParseFrom(content);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidProtocolBufferException or IndexOutOfRangeException or ArgumentException or InvalidOperationException)
        {
            // In addition to its own exception, Google's parser throws others: some wrong lengths make it index past the end.
            throw new WeightsFormatException(
                WeightsFormatError.InvalidHeader, source, $"the ONNX file is damaged: {e.Message} Download or copy the file again.", e);
        }
    }

    /// <summary>Returns the description that this library writes into its own models; other programs' properties mean other things.</summary>
    private static Dictionary<string, string> OwnMetadata(ModelProto model)
    {
        Dictionary<string, string> properties = new(StringComparer.Ordinal);
        foreach (StringStringEntryProto property in model.MetadataProps)
        {
            properties[property.Key] = property.Value;
        }

        return properties.GetValueOrDefault("architecture") == WeightsMetadata.ArchitectureName ? properties : [];
    }
}
