namespace TransferLearning.Surfaces;

internal static class RandomExtensions
{
    /// <summary>Returns a number of a range.</summary>
    internal static float Between(this Random random, float low, float high) => float.Lerp(low, high, random.NextSingle());
}
