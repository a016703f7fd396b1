using System.Globalization;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Architecture;

/// <summary>The published table of Google's checkpoints (tensorflow/models, research/slim/nets/mobilenet).</summary>
[TestClass]
public sealed class PublishedCostTests
{
    /// <summary>Google counts the classifier with its background class.</summary>
    private const int PublishedClassCount = 1001;

    [TestMethod]
    [RequiresReferenceData]
    public void GetLayers_GivesThePublishedMultiplyAddsAndParametersOfAllCheckpoints()
    {
        IReadOnlyDictionary<string, string>[] rows = [.. ReferenceData.ReadTable("published.tsv")];

        Assert.HasCount(22, rows);
        foreach (IReadOnlyDictionary<string, string> row in rows)
        {
            float widthMultiplier = float.Parse(row["width_multiplier"], CultureInfo.InvariantCulture);
            int inputSize = int.Parse(row["input_size"], CultureInfo.InvariantCulture);

            IReadOnlyList<LayerInfo> layers = new MobileNetV2Architecture(widthMultiplier).GetLayers(inputSize, PublishedClassCount);

            long millions = layers.Sum(layer => layer.MultiplyAdds) / 1_000_000;
            Assert.AreEqual(row["multiply_adds_millions"], millions.ToString(CultureInfo.InvariantCulture), $"width {widthMultiplier}, {inputSize} px");
            double parameters = layers.Sum(layer => layer.ParameterCount) / 1e6;
            Assert.AreEqual(
                double.Parse(row["parameters_millions"], CultureInfo.InvariantCulture), parameters, 0.0051, $"parameters at width {widthMultiplier}");
        }
    }
}
