namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents one tensor of a safetensors header; offsets are bytes from the end of the header.</summary>
internal sealed record SafetensorsEntry(string Name, FileDataType DataType, IReadOnlyList<int> Shape, long Begin, long End)
{
    internal long ByteCount => End - Begin;

    internal int ElementCount => checked((int)(ByteCount / DataType.ByteSize()));
}
