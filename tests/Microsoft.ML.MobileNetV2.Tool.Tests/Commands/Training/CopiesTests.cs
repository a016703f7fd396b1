using Microsoft.ML.MobileNetV2.Tool.Commands.Training;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Commands.Training;

[TestClass]
public sealed class CopiesTests
{
    private static readonly Dictionary<string, string> NoContents = [];

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Find_ImagesThatLookAlike_HaveOneKey_AndOthersNone()
    {
        (ImageDataset dataset, Dictionary<string, float[]> features) = Create(
            ("cat/1", [1, 0, 0, 0]), ("cat/2", [0, 1, 0, 0]), ("cat/3", [2, 0.1f, 0, 0]), ("cat/4", [0, 0, 1, 0]), ("dog/1", [0, 1, 0.1f, 0]), ("dog/2", [0, 0, 0, 1]));

        IReadOnlyDictionary<string, string> copies = Copies.Find(dataset, NoContents, features, TestContext.CancellationToken);

        Assert.AreSequenceEqual(["cat/1", "cat/2", "cat/3", "dog/1"], copies.Keys.Order(StringComparer.Ordinal));
        Assert.AreEqual(copies["cat/1"], copies["cat/3"]);
        Assert.AreEqual(copies["cat/2"], copies["dog/1"], "of another class");
        Assert.AreNotEqual(copies["cat/1"], copies["cat/2"]);
    }

    [TestMethod]
    public void Find_MoreThanHalfOfAClassLooksAlike_KeepsEqualFilesTogether()
    {
        (ImageDataset dataset, Dictionary<string, float[]> features) = Create(
            ("cat/1", [1, 0, 0]), ("cat/2", [1, 0.1f, 0]), ("cat/3", [1, 0, 0.1f]), ("cat/4", [1, 0, 0.1f]), ("dog/1", [0, 1, 0]), ("dog/2", [0, 0, 1]));
        Dictionary<string, string> contents = new() { ["cat/3"] = "1f3a", ["cat/4"] = "1f3a" };

        IReadOnlyDictionary<string, string> copies = Copies.Find(dataset, contents, features, TestContext.CancellationToken);

        Assert.AreSequenceEqual(contents.OrderBy(pair => pair.Key), copies.OrderBy(pair => pair.Key));
    }

    [TestMethod]
    public void DescribeAcross_CountsTheImagesToMeasureWith()
    {
        (ImageDataset train, Dictionary<string, float[]> features) = Create(("cat/1", [1, 0, 0]), ("cat/2", [1, 0.1f, 0]), ("dog/1", [0, 1, 0]));
        (ImageDataset validation, Dictionary<string, float[]> others) = Create(("cat/8", [1, 0, 0.1f]), ("cat/9", [0, 0, 1]));
        Dictionary<string, float[]> all = new(features.Concat(others));

        Assert.AreEqual(
            "1 of the 2 images to measure with looks like images to train with, such as 'cat/8' like 'cat/1': the accuracy may be too high.",
            Copies.DescribeAcross(train, validation, all, TestContext.CancellationToken));
        Assert.IsNull(Copies.DescribeAcross(train, new([validation.Images[1]]), all, TestContext.CancellationToken));
    }

    private static (ImageDataset Dataset, Dictionary<string, float[]> Features) Create(params (string Path, float[] Features)[] images) =>
        (new(images.Select(image => new LabeledImage(image.Path, image.Path.Split('/')[0]))), images.ToDictionary(image => image.Path, image => image.Features));
}
