using System.Buffers.Binary;
using Google.Protobuf;
using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Reads ONNX models out of entries as ML.NET writes arrays of bytes: a length, then the bytes.</summary>
internal static class OnnxBytes
{
    /// <exception cref="InvalidDataException">The length is wrong.</exception>
    internal static ReadOnlyMemory<byte> Content(byte[] entry) =>
        entry.Length > sizeof(int) && BinaryPrimitives.ReadInt32LittleEndian(entry) == entry.Length - sizeof(int)
            ? entry.AsMemory(sizeof(int))
            : throw new InvalidDataException($"it has {entry.Length} bytes, and states another length.");

    internal static ModelProto Parse(byte[] entry) => Parse(Content(entry).Span);

    /// <exception cref="InvalidDataException">It is no ONNX model, or larger in memory than any that this library saves.</exception>
    internal static ModelProto Parse(ReadOnlySpan<byte> content)
    {
        if (OnnxLimits.FindExcess(content) is { } excess)
        {
            throw new InvalidDataException(excess);
        }

        ModelProto model = ParseProtocolBuffer(content);
        return model.Graph is null ? throw new InvalidDataException("it has no graph.") : model;
    }

    private static ModelProto ParseProtocolBuffer(ReadOnlySpan<byte> content)
    {
        try
        {
            return ModelProto.Parser.ParseFrom(content);
        }
        catch (InvalidProtocolBufferException e)
        {
            // It is an IOException, which would be taken for a failing disk.
            throw new InvalidDataException($"it is no ONNX model: {e.Message}", e);
        }
    }
}
