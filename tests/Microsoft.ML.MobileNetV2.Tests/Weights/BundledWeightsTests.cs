namespace Microsoft.ML.MobileNetV2.Tests.Weights;

[TestClass]
public sealed class BundledWeightsTests
{
    [TestMethod]
    public void Bundled_LoadsWithoutFilesOrNetwork()
    {
        MobileNetV2Weights weights = MobileNetV2Weights.Bundled;

        Assert.AreEqual("Bundled", weights.Description.Name);
        Assert.AreEqual(1280, weights.FeatureCount);
        Assert.AreEqual("Apache-2.0", weights.Description.License);
        Assert.IsNotEmpty(weights.Description.Attribution);
    }
}
