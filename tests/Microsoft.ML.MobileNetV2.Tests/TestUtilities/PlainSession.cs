using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Runs an exported model as a program without this library does.</summary>
internal sealed class PlainSession : IDisposable
{
    private readonly InferenceSession _session;

    internal PlainSession(string path) => _session = new(path);

    internal PlainSession(byte[] model) => _session = new(model);

    internal IReadOnlyDictionary<string, string> Metadata => _session.ModelMetadata.CustomMetadataMap;

    internal IEnumerable<string> OutputNames => _session.OutputNames;

    internal float[] Run(RawImage image, string outputName = "scores") => Run<float>(image, outputName);

    internal T[] Run<T>(RawImage image, string outputName)
    {
        DenseTensor<byte> pixels = new(image.Pixels, [1, image.Height, image.Width, 3]);
        using var results = _session.Run([NamedOnnxValue.CreateFromTensor("image", pixels)], [outputName]);
        return [.. results[0].AsEnumerable<T>()];
    }

    /// <summary>Runs a model that takes a number beside the image.</summary>
    internal float[] Run(RawImage image, float value, string inputName)
    {
        DenseTensor<byte> pixels = new(image.Pixels, [1, image.Height, image.Width, 3]);
        DenseTensor<float> number = new(new[] { value }, [1, 1]);
        using var results = _session.Run([NamedOnnxValue.CreateFromTensor("image", pixels), NamedOnnxValue.CreateFromTensor(inputName, number)], ["scores"]);
        return [.. results[0].AsEnumerable<float>()];
    }

    public void Dispose() => _session.Dispose();
}
