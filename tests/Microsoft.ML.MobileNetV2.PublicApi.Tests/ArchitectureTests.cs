namespace Microsoft.ML.MobileNetV2.PublicApi.Tests;

[TestClass]
public sealed class ArchitectureTests
{
    [TestMethod]
    public void GetLayers_OfThePaperNetwork_AddsUpToThePublishedParameters()
    {
        MobileNetV2Architecture architecture = new();

        long parameters = architecture.GetLayers(224, classCount: 1000).Sum(layer => layer.ParameterCount + layer.BatchNormParameterCount);

        Assert.AreEqual(3_504_872, parameters);
    }
}
