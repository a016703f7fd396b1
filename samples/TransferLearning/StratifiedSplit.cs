namespace TransferLearning;

/// <summary>Divides images into those to train with and those to test with, each class in the same ratio.</summary>
internal static class StratifiedSplit
{
    /// <summary>Returns the two parts; the same ones for the same seed. A class of two or more is in both parts.</summary>
    internal static (IReadOnlyList<T> Train, IReadOnlyList<T> Test) Of<T>(IEnumerable<T> images, double testFraction, int seed)
        where T : ImageData
    {
        Random random = new(seed);
        List<T> train = [];
        List<T> test = [];
        foreach (IGrouping<string, T> group in images.GroupBy(image => image.Label))
        {
            T[] shuffled = [.. group];
            random.Shuffle(shuffled);
            int testCount = Math.Clamp((int)Math.Round(shuffled.Length * testFraction), Math.Min(1, shuffled.Length - 1), shuffled.Length - 1);
            test.AddRange(shuffled[..testCount]);
            train.AddRange(shuffled[testCount..]);
        }

        return (train, test);
    }
}
