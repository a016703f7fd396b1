namespace TransferLearning.Tests;

[TestClass]
public sealed class StratifiedSplitTests
{
    [TestMethod]
    [DataRow(100, 50, 20, 10)]
    [DataRow(60, 7, 12, 1, DisplayName = "1.4 is rounded")]
    [DataRow(2, 3, 1, 1, DisplayName = "0.4 and 0.6: the smallest classes are in both parts")]
    public void Of_KeepsTheRatioOfEachClass(int cats, int dogs, int expectedTestCats, int expectedTestDogs)
    {
        ImageData[] images = CreateImages(cats, dogs);

        (IReadOnlyList<ImageData> train, IReadOnlyList<ImageData> test) = StratifiedSplit.Of(images, testFraction: 0.2, seed: 1);

        Assert.AreEqual(expectedTestCats, test.Count(image => image.Label == "cat"));
        Assert.AreEqual(expectedTestDogs, test.Count(image => image.Label == "dog"));
        Assert.AreSequenceEqual(images.Select(p => p.Image).Order(), train.Concat(test).Select(p => p.Image).Order(), "each image once");
    }

    [TestMethod]
    public void Of_SameSeed_GivesTheSameParts_AnotherSeed_OtherParts()
    {
        ImageData[] images = CreateImages(40, 40);

        IReadOnlyList<ImageData> test = StratifiedSplit.Of(images, 0.2, seed: 1).Test;

        Assert.AreSequenceEqual(test, StratifiedSplit.Of(images, 0.2, seed: 1).Test);
        Assert.IsFalse(test.SequenceEqual(StratifiedSplit.Of(images, 0.2, seed: 2).Test));
    }

    private static ImageData[] CreateImages(int cats, int dogs) =>
    [
        .. Enumerable.Range(0, cats).Select(i => new ImageData { Image = $"cat{i:000}", Label = "cat" }),
        .. Enumerable.Range(0, dogs).Select(i => new ImageData { Image = $"dog{i:000}", Label = "dog" }),
    ];
}
