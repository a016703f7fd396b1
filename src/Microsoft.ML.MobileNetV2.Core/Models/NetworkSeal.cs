using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Appends to a serialized ONNX model the SHA-256 of all that stands before it, as the last of its metadata, and verifies it.</summary>
/// <remarks>It finds damage that a checksum of 32 bits may miss. Against a person who changes the file on purpose it protects nothing: that one computes it anew.</remarks>
internal static class NetworkSeal
{
    internal const string Key = "mobilenetv2.sha256";

    // Number of the field, times eight, plus two: a length and so many bytes follow.
    private const byte MetadataTag = (ModelProto.MetadataPropsFieldNumber << 3) | 2;
    private const byte KeyTag = (StringStringEntryProto.KeyFieldNumber << 3) | 2;
    private const byte ValueTag = (StringStringEntryProto.ValueFieldNumber << 3) | 2;

    private static readonly int EntryLength = Entry(new byte[SHA256.HashSizeInBytes]).Length;

    internal static byte[] Append(byte[] model) => [.. model, .. Entry(SHA256.HashData(model))];

    /// <summary>Starts to hash a sealed model on another thread, so that it can be read meanwhile; null where it ends without a seal.</summary>
    internal static Task<byte[]>? HashAsync(ReadOnlyMemory<byte> model) =>
        model.Length >= EntryLength && model.Span[^EntryLength..].IndexOf(Encoding.UTF8.GetBytes(Key)) >= 0
            ? Task.Run(() => SHA256.HashData(model.Span[..^EntryLength]))
            : null;

    /// <param name="model">The serialized model.</param>
    /// <param name="hash">What <see cref="HashAsync"/> returned for it.</param>
    /// <param name="metadata">Its metadata; models that were saved before this version have no seal.</param>
    /// <exception cref="InvalidDataException">The model is not as it was saved.</exception>
    internal static void Require(ReadOnlySpan<byte> model, Task<byte[]>? hash, ModelMetadata metadata)
    {
        if (metadata.Contains(Key) && (hash is null || !model[^EntryLength..].SequenceEqual(Entry(hash.GetAwaiter().GetResult()))))
        {
            throw new InvalidDataException("its weights or settings are not those that were saved: their SHA-256 is another. Copy or download the file again.");
        }
    }

    /// <summary>Returns a model with nothing but the hash in its metadata: messages of protocol buffers that stand one after the other are one message.</summary>
    /// <remarks>Written by hand, for a writer of protocol buffers takes longer to compile than many a model to read.</remarks>
    private static byte[] Entry(byte[] hash)
    {
        byte[] key = Encoding.UTF8.GetBytes(Key);
        byte[] value = Encoding.UTF8.GetBytes(Convert.ToHexStringLower(hash));
        byte[] pair = [KeyTag, (byte)key.Length, .. key, ValueTag, (byte)value.Length, .. value];
        return [MetadataTag, (byte)pair.Length, .. pair];
    }
}
