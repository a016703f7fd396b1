using Microsoft.ML.MobileNetV2.Tool.Features;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Featurization;

/// <summary>Represents the arguments of <c>featurize</c>.</summary>
internal sealed record FeaturizeArguments
{
    internal required string Folder { get; init; }

    internal required string Output { get; init; }

    internal required Shard Shard { get; init; }

    internal required string Weights { get; init; }

    internal int? Size { get; init; }

    internal int SaveEvery { get; init; }

    internal bool IsResumed { get; init; }

    internal bool IsStrict { get; init; }
}
