using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Holds features, row by row, with the class of each row.</summary>
internal sealed record HeadRows(float[] Features, int[] Classes, int FeatureCount, int ClassCount)
{
    internal HeadDataset ToDataset() => new(Features, FeatureCount, HeadTargets.FromClasses(Classes, ClassCount));
}
