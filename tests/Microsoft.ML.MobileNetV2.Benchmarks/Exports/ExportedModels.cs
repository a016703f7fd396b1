using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Lists the models that are exported: this library's trainer, and trainers of ML.NET behind the featurizer.</summary>
internal static class ExportedModels
{
    internal static IEnumerable<(string Name, IEstimator<ITransformer> Estimator)> List(MLContext context, MobileNetV2Weights weights)
    {
        MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers = context.MulticlassClassification.Trainers;
        yield return ("head", trainers.MobileNetV2(new MobileNetV2TrainerOptions { Weights = weights }));
        yield return ("lbfgs", Pipeline(context, weights, trainers.LbfgsMaximumEntropy()));
        yield return ("sdca", Pipeline(context, weights, trainers.SdcaMaximumEntropy()));
        yield return ("lightgbm", Pipeline(context, weights, trainers.LightGbm(numberOfIterations: 30)));
        yield return ("ova", Pipeline(context, weights, trainers.OneVersusAll(context.BinaryClassification.Trainers.LbfgsLogisticRegression())));
        yield return ("fasttree", Pipeline(context, weights, trainers.OneVersusAll(context.BinaryClassification.Trainers.FastTree(numberOfTrees: 10))));
    }

    private static EstimatorChain<ITransformer> Pipeline(MLContext context, MobileNetV2Weights weights, IEstimator<ITransformer> trainer) =>
        context.Transforms.Conversion.MapValueToKey("Label")
            .Append(context.Transforms.MobileNetV2("Features", "Image", weights))
            .AppendCacheCheckpoint(context)
            .Append(trainer)
            .Append<ITransformer>(context.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
}
