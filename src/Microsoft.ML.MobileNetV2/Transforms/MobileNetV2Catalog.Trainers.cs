using Microsoft.ML.MobileNetV2;
using Microsoft.ML.MobileNetV2.Transforms;

namespace Microsoft.ML;

public static partial class MobileNetV2Catalog
{
    /// <summary>Creates a trainer that classifies images.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <param name="labelColumnName">The name of the label column: key, String, Boolean or number.</param>
    /// <param name="imageColumnName">The name of the column with images, as the featurizer takes them, or with features.</param>
    /// <param name="scoreColumnName">The name of the output column with the probabilities of the classes.</param>
    /// <param name="predictedLabelColumnName">The name of the output column with the predicted label: a key whose values are the labels.</param>
    /// <param name="exampleWeightColumnName">The name of a column of Single with the weight of each row. The default is null: all rows count the same.</param>
    /// <param name="validationSet">The rows that choose the best epoch and stop early. The default is null: the last epoch is kept.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    public static MobileNetV2Trainer MobileNetV2(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label,
        string imageColumnName = DefaultColumnNames.Image,
        string scoreColumnName = DefaultColumnNames.Score,
        string predictedLabelColumnName = DefaultColumnNames.PredictedLabel,
        string? exampleWeightColumnName = null,
        IDataView? validationSet = null) => catalog.MobileNetV2(new MobileNetV2TrainerOptions
        {
            LabelColumnName = labelColumnName,
            ImageColumnName = imageColumnName,
            ScoreColumnName = scoreColumnName,
            PredictedLabelColumnName = predictedLabelColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            ValidationSet = validationSet,
        });

    /// <summary>Creates a trainer that classifies images.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <param name="options">The options, read once.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public static MobileNetV2Trainer MobileNetV2(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, MobileNetV2TrainerOptions options) =>
        Create(catalog, options, options?.LabelMode == LabelMode.MultiLabel ? new MultiLabelTask() : new MulticlassTask());

    /// <summary>Creates a binary image classifier, whose predictions have a probability.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.BinaryClassification.Trainers</c>.</param>
    /// <param name="labelColumnName">The name of the label column: Boolean.</param>
    /// <param name="imageColumnName">The name of the column with images, as the featurizer takes them, or with features.</param>
    /// <param name="scoreColumnName">The name of the output column with the score: the logit of the probability.</param>
    /// <param name="predictedLabelColumnName">The name of the output column with the predicted label: Boolean.</param>
    /// <param name="probabilityColumnName">The name of the output column with the probability that the label is true.</param>
    /// <param name="exampleWeightColumnName">The name of a column of Single with the weight of each row. The default is null: all rows count the same.</param>
    /// <param name="validationSet">The rows that choose the best epoch and stop early. The default is null: the last epoch is kept.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    public static MobileNetV2Trainer MobileNetV2(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label,
        string imageColumnName = DefaultColumnNames.Image,
        string scoreColumnName = DefaultColumnNames.Score,
        string predictedLabelColumnName = DefaultColumnNames.PredictedLabel,
        string probabilityColumnName = DefaultColumnNames.Probability,
        string? exampleWeightColumnName = null,
        IDataView? validationSet = null) => catalog.MobileNetV2(new MobileNetV2TrainerOptions
        {
            LabelColumnName = labelColumnName,
            ImageColumnName = imageColumnName,
            ScoreColumnName = scoreColumnName,
            PredictedLabelColumnName = predictedLabelColumnName,
            ProbabilityColumnName = probabilityColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            ValidationSet = validationSet,
        });

    /// <summary>Creates a binary image classifier, whose predictions have a probability.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.BinaryClassification.Trainers</c>.</param>
    /// <param name="options">The options, read once.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public static MobileNetV2Trainer MobileNetV2(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, MobileNetV2TrainerOptions options) =>
        Create(catalog, options, new BinaryTask());

    /// <summary>Creates a trainer that predicts a number from an image.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Regression.Trainers</c>.</param>
    /// <param name="labelColumnName">The name of the label column: Single.</param>
    /// <param name="imageColumnName">The name of the column with images, as the featurizer takes them, or with features.</param>
    /// <param name="scoreColumnName">The name of the output column with the predicted number.</param>
    /// <param name="exampleWeightColumnName">The name of a column of Single with the weight of each row. The default is null: all rows count the same.</param>
    /// <param name="validationSet">The rows that choose the best epoch and stop early. The default is null: the last epoch is kept.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    public static MobileNetV2Trainer MobileNetV2(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label,
        string imageColumnName = DefaultColumnNames.Image,
        string scoreColumnName = DefaultColumnNames.Score,
        string? exampleWeightColumnName = null,
        IDataView? validationSet = null) => catalog.MobileNetV2(new MobileNetV2TrainerOptions
        {
            LabelColumnName = labelColumnName,
            ImageColumnName = imageColumnName,
            ScoreColumnName = scoreColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            ValidationSet = validationSet,
        });

    /// <summary>Creates a trainer that predicts a number from an image.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Regression.Trainers</c>.</param>
    /// <param name="options">The options, read once.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public static MobileNetV2Trainer MobileNetV2(this RegressionCatalog.RegressionTrainers catalog, MobileNetV2TrainerOptions options) =>
        Create(catalog, options, new RegressionTask());

    private static MobileNetV2Trainer Create(object catalog, MobileNetV2TrainerOptions options, PredictionTask task)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(task, options, ContextLog.Of(catalog));
    }
}
