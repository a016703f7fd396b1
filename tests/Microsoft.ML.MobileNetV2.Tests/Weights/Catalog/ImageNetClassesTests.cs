namespace Microsoft.ML.MobileNetV2.Tests.Weights.Catalog;

[TestClass]
public sealed class ImageNetClassesTests
{
    [TestMethod]
    public void Names_AreAThousandDifferentOnes()
    {
        Assert.HasCount(1000, ImageNetClasses.Names.Distinct(StringComparer.Ordinal));
        Assert.HasCount(1000, ImageNetClasses.Names);
        Assert.IsTrue(ImageNetClasses.Names.All(name => name.Length > 0 && name.All(char.IsAscii) && name.Trim() == name));
    }

    [TestMethod]
    public void Ids_AreAThousandDifferentOnesInOrder()
    {
        Assert.HasCount(1000, ImageNetClasses.Ids);
        Assert.HasCount(1000, ImageNetClasses.Ids.Distinct(StringComparer.Ordinal));
        Assert.AreSequenceEqual(ImageNetClasses.Ids.Order(StringComparer.Ordinal), ImageNetClasses.Ids);
    }

    [TestMethod]
    [DataRow(0, "n01440764", "tench")]
    [DataRow(1, "n01443537", "goldfish")]
    [DataRow(134, "n02012849", "crane (wading bird)", DisplayName = "the word occurs twice")]
    [DataRow(207, "n02099601", "golden retriever")]
    [DataRow(517, "n03126707", "crane (lifting device)")]
    [DataRow(638, "n03710637", "maillot (tights)")]
    [DataRow(639, "n03710721", "maillot (swimsuit)")]
    [DataRow(817, "n04285008", "sports car")]
    [DataRow(963, "n07873807", "pizza")]
    [DataRow(999, "n15075141", "toilet tissue")]
    public void Classes_AreInTheOrderOfTheOutputs(int index, string id, string name)
    {
        Assert.AreEqual(id, ImageNetClasses.Ids[index]);
        Assert.AreEqual(name, ImageNetClasses.Names[index]);
    }

    [TestMethod]
    public void NamesOf_1001Outputs_BeginWithTheBackground() =>
        Assert.AreSequenceEqual(["background", .. ImageNetClasses.Names], ImageNetClasses.NamesOf(1001));

    [TestMethod]
    [DataRow(0)]
    [DataRow(10)]
    [DataRow(1002)]
    public void NamesOf_AnotherNumberOfOutputs_AreNone(int classCount) => Assert.IsEmpty(ImageNetClasses.NamesOf(classCount));
}
