namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Compares outputs with what the image must give.</summary>
internal sealed class SoakCheck(SoakCounts counts, IReadOnlyDictionary<string, float[]> truth, string composition)
{
    /// <summary>Pixels that are scaled, sums in another order and ONNX Runtime's sums differ by rounding; features of two images differ by whole numbers.</summary>
    private const float Tolerance = 1e-3f;

    internal void Add(string path, ReadOnlySpan<float> output)
    {
        float[] expected = truth[path];
        bool isRight = expected.Length == output.Length;
        for (int index = 0; isRight && index < expected.Length; index++)
        {
            isRight = Math.Abs(expected[index] - output[index]) < Tolerance;
        }

        counts.AddRow(isRight, $"{Path.GetFileName(path)}, {composition}");
    }
}
