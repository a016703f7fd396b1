using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Contracts;

[TestClass]
public sealed class FeaturizerContractTests : EstimatorContractTests<MobileNetV2FeaturizerTransformer>
{
    private protected override string OutputColumnName => "Features";

    private protected override IEstimator<MobileNetV2FeaturizerTransformer> CreateEstimator(MLContext context) =>
        context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions { InputColumnName = "Image", InputSize = 64 });
}

[TestClass]
public sealed class FeaturizerOfClassScoresContractTests : EstimatorContractTests<MobileNetV2FeaturizerTransformer>
{
    private protected override string OutputColumnName => "Score";

    private protected override IEstimator<MobileNetV2FeaturizerTransformer> CreateEstimator(MLContext context)
    {
        MobileNetV2Weights weights = SyntheticNetwork.Create(0.35f);
        return context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
        {
            OutputColumnName = "Score",
            InputColumnName = "Image",
            InputSize = 48,
            Output = MobileNetV2Output.ClassScores,
            Weights = weights.WithDescription(weights.Description with
            {
                ClassNames = [.. Enumerable.Range(0, SyntheticNetwork.ClassCount).Select(index => $"class {index}")],
            }),
        });
    }
}

[TestClass]
public sealed class FeaturizerOfFeatureMapsContractTests : EstimatorContractTests<MobileNetV2FeaturizerTransformer>
{
    private protected override string OutputColumnName => "Image";

    private protected override IEstimator<MobileNetV2FeaturizerTransformer> CreateEstimator(MLContext context) =>
        context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
        {
            OutputColumnName = "Image",
            InputSize = 33,
            Output = MobileNetV2Output.FeatureMap,
            Resize = ImageResizeMode.Stretch,
        });
}
