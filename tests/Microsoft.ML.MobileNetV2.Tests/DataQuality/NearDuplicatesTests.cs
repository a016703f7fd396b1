using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.DataQuality;

/// <summary>Images that look alike, by their features.</summary>
[TestClass]
public sealed class NearDuplicatesTests
{
    private static readonly float[][] Angles = [At(0), At(10), At(90), At(20), At(95), At(180)];

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Find_ASimilarityOfOne_FindsEachExactCopy()
    {
        Random random = new(1);
        float[][] rows = [.. Enumerable.Range(0, 40).Select(_ => Enumerable.Range(0, 1280).Select(_ => random.NextSingle()).ToArray())];

        NearDuplicates found = Find([.. rows, .. rows], 1);

        Assert.AreSequenceEqual(Enumerable.Range(0, 40).Select(row => (row, row + 40)), found.Pairs.Select(pair => (pair.First, pair.Second)).Order());
    }

    [TestMethod]
    public void Find_GivesPairsAndGroups()
    {
        // From 15 degrees down: 0–10, 10–20 and 90–95. Ends of a chain are in one group without being a pair.
        var found = Find(Angles, Cosine(15));

        Assert.AreSequenceEqual([(2, 4), (0, 1), (1, 3)], found.Pairs.Select(pair => (pair.First, pair.Second)));
        Assert.AreEqual(Cosine(5), found.Pairs[0].Similarity, 1e-6f);
        Assert.AreSequenceEqual(["0 1 3", "2 4"], found.Groups.Select(group => string.Join(' ', group)));
        Assert.AreEqual(3, found.PairCount);
    }

    [TestMethod]
    public void FindAcross_GivesPairsOfBothLists()
    {
        var found = Across([At(0), At(90)], [At(91), At(50), At(2), At(0)], Cosine(15));

        Assert.AreSequenceEqual([(0, 3), (1, 0), (0, 2)], found.Pairs.Select(pair => (pair.First, pair.Second)));
        Assert.IsEmpty(found.Groups);
    }

    [TestMethod]
    public void Find_BeyondOneBlock_FindsEachPairOnce()
    {
        // 1300 rows on a circle: each has its two neighbors within 0.3 degrees.
        float[][] circle = [.. Enumerable.Range(0, 1300).Select(index => At(index * 360f / 1300))];

        var found = Find(circle, Cosine(0.3f), maxPairs: 2000);

        Assert.AreEqual(1300, found.PairCount);
        Assert.AreSequenceEqual(
            Enumerable.Range(0, 1300).Select(index => index == 0 ? (0, 1299) : (index - 1, index)).Order(), found.Pairs.Select(pair => (pair.First, pair.Second)).Order());
        Assert.HasCount(1300, found.Groups.Single());
        Assert.AreEqual(1300, Across(circle, [.. circle.Reverse()], Cosine(0.1f), maxPairs: 2000).PairCount);
    }

    [TestMethod]
    public void Find_OfMorePairsThanWanted_KeepsTheMostSimilar_AndCompleteGroups()
    {
        float[][] same = [.. Enumerable.Range(0, 300).Select(index => index < 3 ? At(0) : At(index / 100f))];

        var found = Find(same, 0.9f, maxPairs: 3);

        Assert.AreSequenceEqual([(0, 1), (0, 2), (1, 2)], found.Pairs.Select(pair => (pair.First, pair.Second)));
        Assert.AreEqual(300 * 299 / 2, found.PairCount);
        Assert.HasCount(300, found.Groups.Single());
    }

    [TestMethod]
    public void Find_OfOddRows_ComparesWhatHasADirection()
    {
        var found = Find([[0, 0], [0, 0], [3e-20f, 0], [1e15f, 0]]);

        Assert.AreSequenceEqual([(2, 3)], found.Pairs.Select(pair => (pair.First, pair.Second)));
        Assert.IsLessThanOrEqualTo(1, found.Pairs[0].Similarity);
        Assert.IsEmpty(Find([]).Pairs);
        Assert.IsEmpty(Across([], [At(0)]).Pairs);
    }

    [TestMethod]
    public void Find_OfFeatures_FindsTheSameImageInAnotherSize()
    {
        using MobileNetV2Engine engine = new(new() { InputSize = 128 });
        float[][] features = [.. Enumerable.Range(0, 12).Select(index => engine.Run(ImageSource.FromBytes(DiscImages.Draw(index, 320, 240))))];
        float[] smaller = engine.Run(ImageSource.FromBytes(Resized(DiscImages.Draw(5, 320, 240))));

        var found = Find([.. features, smaller]);

        Assert.AreSequenceEqual([(5, 12)], found.Pairs.Select(pair => (pair.First, pair.Second)));
    }

    [TestMethod]
    public void Find_WithWrongArguments_SaysWhatIsWrong()
    {
        Assert.StartsWith("Image 1 has 3 features, but image 0 has 2.", Assert.ThrowsExactly<ArgumentException>(() => Find([[1, 2], [1, 2, 3]])).Message);
        Assert.StartsWith(
            "Image 1: feature 0 is NaN; leave out images that could not be read.",
            Assert.ThrowsExactly<ArgumentException>(() => Find([[1, 2], [float.NaN, 2]])).Message);
        Assert.StartsWith(
            "The images have 3 features, but those of the first list have 2.",
            Assert.ThrowsExactly<ArgumentException>(() => Across([[1, 2]], [[1, 2, 3]])).Message);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Find([], float.NaN));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Find([], maxPairs: 0));
        Assert.ThrowsExactly<OperationCanceledException>(() => NearDuplicates.Find(Angles, cancellationToken: new(canceled: true)));
    }

    private NearDuplicates Find(float[][] features, float minSimilarity = NearDuplicates.DefaultMinSimilarity, int maxPairs = 100) =>
        NearDuplicates.Find(features, minSimilarity, maxPairs, TestContext.CancellationToken);

    private NearDuplicates Across(float[][] first, float[][] second, float minSimilarity = NearDuplicates.DefaultMinSimilarity, int maxPairs = 100) =>
        NearDuplicates.FindAcross(first, second, minSimilarity, maxPairs, TestContext.CancellationToken);

    private static byte[] Resized(byte[] image)
    {
        using SkiaSharp.SKBitmap bitmap = SkiaSharp.SKBitmap.Decode(image);
        using SkiaSharp.SKBitmap smaller = bitmap.Resize(new SkiaSharp.SKImageInfo(250, 188), SkiaSharp.SKFilterQuality.High);
        using SkiaSharp.SKData data = smaller.Encode(SkiaSharp.SKEncodedImageFormat.Jpeg, 80);
        return data.ToArray();
    }

    private static float[] At(float degrees) => [2 * MathF.Cos(degrees * MathF.PI / 180), 2 * MathF.Sin(degrees * MathF.PI / 180)];

    private static float Cosine(float degrees) => MathF.Cos(degrees * MathF.PI / 180);
}
