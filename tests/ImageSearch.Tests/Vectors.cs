namespace ImageSearch.Tests;

/// <summary>Provides features that need no network, and what a search must find among them.</summary>
internal static class Vectors
{
    internal static (ImageFile File, float[] Features)[] Create(int count, int seed = 1)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(index => (FileOf(index), Draw(random)))];
    }

    internal static ImageFile FileOf(int index) => new($"/images/class{index % 3}/{index:0000}.jpg", index, index);

    internal static float[] Draw(Random random) => [.. Enumerable.Range(0, ImageIndex.FeatureCount).Select(_ => 6 * random.NextSingle())];

    /// <summary>Computes the cosine distance in double precision, term by term.</summary>
    internal static double Distance(float[] left, float[] right)
    {
        double product = 0;
        double leftSquares = 0;
        double rightSquares = 0;
        for (int i = 0; i < left.Length; i++)
        {
            product += (double)left[i] * right[i];
            leftSquares += (double)left[i] * left[i];
            rightSquares += (double)right[i] * right[i];
        }

        return 1 - product / Math.Sqrt(leftSquares * rightSquares);
    }
}
