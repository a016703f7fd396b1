namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents two images that look alike. Immutable.</summary>
public sealed class SimilarImages
{
    internal SimilarImages(int first, int second, float similarity)
    {
        First = first;
        Second = second;
        Similarity = similarity;
    }

    /// <summary>Gets the index of the first image.</summary>
    public int First { get; }

    /// <summary>Gets the index of the second image: in the same list, where it is larger than <see cref="First"/>, or in the other list.</summary>
    public int Second { get; }

    /// <summary>Gets the cosine of the angle between the features: 1 for the same direction.</summary>
    public float Similarity { get; }
}
