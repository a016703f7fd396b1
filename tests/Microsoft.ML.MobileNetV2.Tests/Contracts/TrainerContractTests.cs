namespace Microsoft.ML.MobileNetV2.Tests.Contracts;

[TestClass]
public sealed class TrainerContractTests : EstimatorContractTests<MobileNetV2PredictionTransformer>
{
    private protected override string OutputColumnName => "Score";

    private protected override IEstimator<MobileNetV2PredictionTransformer> CreateEstimator(MLContext context) =>
        context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { InputSize = 48, Head = new HeadTrainerOptions { Epochs = 3 } });
}
