using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Caching;

/// <summary>Represents a file from which records of features are read.</summary>
internal interface IFeatureFile
{
    /// <summary>Copies the features of a record; false where it is damaged.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    bool TryRead(long offset, FeatureKey key, Span<float> features);
}
