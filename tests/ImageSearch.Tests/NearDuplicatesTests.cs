namespace ImageSearch.Tests;

/// <summary>All pairs that are near enough, and no others.</summary>
[TestClass]
public sealed class NearDuplicatesTests
{
    [TestMethod]
    public void Find_EqualsBruteForce()
    {
        (string Path, float[] Features)[] images = [.. Vectors.Create(120).Select(image => (image.File.Path, image.Features))];
        images[50].Features = [.. images[3].Features.Select(value => 2 * value)];
        const float MaxDistance = 0.235f;
        (string, string)[] expected =
        [
            .. from first in Enumerable.Range(0, images.Length)
               from second in Enumerable.Range(first + 1, images.Length - first - 1)
               let distance = Vectors.Distance(images[first].Features, images[second].Features)
               where distance <= MaxDistance
               orderby distance
               select (images[first].Path, images[second].Path),
        ];

        IReadOnlyList<ImagePair> pairs = NearDuplicates.Find(images, MaxDistance);

        Assert.IsGreaterThan(1, expected.Length);
        Assert.IsLessThan(images.Length * (images.Length - 1) / 2, expected.Length);
        Assert.AreEqual((images[3].Path, images[50].Path), (pairs[0].First, pairs[0].Second));
        Assert.AreEqual(0, pairs[0].Distance, 1e-5);
        Assert.IsTrue(expected.ToHashSet().SetEquals(pairs.Select(pair => (pair.First, pair.Second))));
    }
}
