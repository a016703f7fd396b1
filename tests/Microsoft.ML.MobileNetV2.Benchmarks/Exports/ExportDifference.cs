using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Represents how far an exported file is from its model.</summary>
/// <param name="Largest">The largest difference of a score.</param>
/// <param name="OtherBestClassCount">The number of images whose best class is another one.</param>
internal sealed record ExportDifference(double Largest, int OtherBestClassCount)
{
    internal static ExportDifference Measure(string path, LabeledPixels[] images, float[][] scores)
    {
        using InferenceSession session = new(path);
        double largest = 0;
        int others = 0;
        for (int i = 0; i < images.Length; i++)
        {
            DenseTensor<byte> pixels = new(images[i].Levels, [1, images[i].Height, images[i].Width, 3]);
            using var results = session.Run([NamedOnnxValue.CreateFromTensor("image", pixels)], ["scores"]);
            float[] actual = [.. results[0].AsEnumerable<float>()];
            largest = Math.Max(largest, actual.Zip(scores[i], (left, right) => Math.Abs((double)left - right)).Max());
            others += actual.IndexOf(actual.Max()) == scores[i].IndexOf(scores[i].Max()) ? 0 : 1;
        }

        return new(largest, others);
    }
}
