using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Architecture;

/// <summary>The published cost of Google's checkpoints.</summary>
[TestClass]
public sealed class PublishedCostTests
{
    /// <summary>Published numbers have two digits after the point; some are truncated.</summary>
    private const double ParameterTolerance = 0.0051;

    [TestMethod]
    public void GetLayers_GivesThePublishedMultiplyAddsAndParametersOfAllCheckpoints()
    {
        foreach (PublishedCheckpoint published in PublishedCheckpoint.All)
        {
            IReadOnlyList<LayerInfo> layers =
                new MobileNetV2Architecture(published.WidthMultiplier).GetLayers(published.InputSize, PublishedCheckpoint.ClassCount);

            Assert.AreEqual(published.MultiplyAdds, layers.Sum(layer => layer.MultiplyAdds) / 1_000_000, $"{published}");
            Assert.AreEqual(published.Parameters, layers.Sum(layer => layer.ParameterCount) / 1e6, ParameterTolerance, $"{published}");
        }
    }
}
