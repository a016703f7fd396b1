using System.Numerics.Tensors;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.DataQuality;

/// <summary>Represents the features of many images as one matrix.</summary>
internal sealed class FeatureTable
{
    private readonly float[] _values;

    private FeatureTable(float[] values, int rowCount, int featureCount)
    {
        _values = values;
        RowCount = rowCount;
        FeatureCount = featureCount;
    }

    internal int RowCount { get; }

    internal int FeatureCount { get; }

    /// <summary>Gets the matrix row by row.</summary>
    internal ReadOnlyMemory<float> Values => _values;

    /// <exception cref="ArgumentNullException">A row is null.</exception>
    /// <exception cref="ArgumentException">Rows have no features or different numbers of them, or a feature is not finite.</exception>
    internal static FeatureTable Copy(IReadOnlyList<float[]> features, string parameterName)
    {
        int count = features.Count == 0 ? 0 : Require(features[0], 0, parameterName).Length;
        if (features.Count > 0 && count == 0)
        {
            throw new ArgumentException("The images have no features; expected one vector for each image, such as MobileNetV2Engine computes.", parameterName);
        }

        float[] values = new float[checked((long)features.Count * count)];
        for (int row = 0; row < features.Count; row++)
        {
            if (Require(features[row], row, parameterName).Length != count)
            {
                throw new ArgumentException($"Image {row} has {features[row].Length} features, but image 0 has {count}.", parameterName);
            }

            int wrong = FeatureChecks.IndexOfNotFinite(features[row]);
            if (wrong >= 0)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Image {row}: feature {wrong} is {features[row][wrong]}; leave out images that could not be read."), parameterName);
            }

            features[row].CopyTo(values.AsSpan(row * count, count));
        }

        return new(values, features.Count, count);
    }

    private static float[] Require(float[]? row, int index, string parameterName) =>
        row ?? throw new ArgumentNullException(parameterName, FormattableString.Invariant($"The features of image {index} are null; leave out images that could not be read."));

    /// <summary>Scales every row to length 1, in place; one of zeros stays as it is.</summary>
    internal FeatureTable Normalize()
    {
        for (int row = 0; row < RowCount; row++)
        {
            Span<float> values = _values.AsSpan(row * FeatureCount, FeatureCount);
            float norm = TensorPrimitives.Norm<float>(values);
            if (norm > 0)
            {
                TensorPrimitives.Divide(values, norm, values);
            }
        }

        return this;
    }

    internal ReadOnlyMatrix Rows(int start, int count) => new(_values.AsSpan(start * FeatureCount, count * FeatureCount), count, FeatureCount);
}
