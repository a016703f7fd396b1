using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Represents an ONNX model of this library in a saved model.</summary>
/// <param name="Model">The model.</param>
/// <param name="Metadata">Its metadata.</param>
internal sealed record SavedOnnxModel(ModelProto Model, ModelMetadata Metadata)
{
    private ReadOnlyMemory<byte> Content { get; init; }

    private Task<byte[]>? Hash { get; init; }

    /// <summary>Returns the model in an entry; null where it is not of this library.</summary>
    /// <exception cref="InvalidDataException">It is of this library, and damaged.</exception>
    internal static SavedOnnxModel? TryRead(byte[] entry)
    {
        ReadOnlyMemory<byte> content = OnnxBytes.Content(entry);

        // Models of other programs may be of any form, and are not parsed.
        if (content.Span.LastIndexOf("mobilenetv2."u8) < 0)
        {
            return null;
        }

        Task<byte[]>? hash = NetworkSeal.HashAsync(content);
        ModelProto model = OnnxBytes.Parse(content.Span);
        return new(model, new ModelMetadata(model)) { Content = content, Hash = hash };
    }

    /// <summary>Waits for the hash, which is computed while the model is read.</summary>
    /// <exception cref="InvalidDataException">The model is not as it was saved.</exception>
    internal void RequireSeal() => NetworkSeal.Require(Content.Span, Hash, Metadata);
}
