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
        Assert.AreEqual(1001, weights.ClassCount);
        Assert.AreEqual(192, weights.Description.Preprocessing.InputSize);
        Assert.AreEqual("Apache-2.0", weights.Description.License);
        Assert.Contains("Google", weights.Description.Attribution);
    }

    [TestMethod]
    public void BundledSmall_LoadsWithoutFilesOrNetwork()
    {
        MobileNetV2Weights weights = MobileNetV2Weights.BundledSmall;

        Assert.AreEqual("BundledSmall", weights.Description.Name);
        Assert.AreEqual(1280, weights.FeatureCount);
        Assert.AreEqual(0, weights.ClassCount);
        Assert.AreEqual(128, weights.Description.Preprocessing.InputSize);
        Assert.AreEqual("Apache-2.0", weights.Description.License);
        Assert.Contains("Google", weights.Description.Attribution);
    }
}
