using Microsoft.ML.MobileNetV2;
using Microsoft.ML.MobileNetV2.Transforms;

namespace Microsoft.ML;

/// <summary>Adds MobileNetV2's trainer to ML.NET's catalogs of trainers.</summary>
public static class MobileNetV2TrainersCatalog
{
    /// <summary>Makes a trainer that classifies images into classes.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <param name="labelColumnName">
    /// Name of the label column: key, String, Boolean or Single; or a known-sized vector of Boolean or Single, for images with any number of labels.
    /// </param>
    /// <param name="imageColumnName">Name of the column with images, as the featurizer takes them, or with features.</param>
    /// <param name="scoreColumnName">Name of the column that is made with the probabilities of the classes.</param>
    /// <param name="predictedLabelColumnName">Name of the column that is made with the predicted label: a key whose values are the labels.</param>
    /// <param name="validationSet">Rows that choose the best epoch and stop early. The default is null: the last epoch is kept.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    public static MobileNetV2Trainer MobileNetV2(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label,
        string imageColumnName = DefaultColumnNames.Image,
        string scoreColumnName = DefaultColumnNames.Score,
        string predictedLabelColumnName = DefaultColumnNames.PredictedLabel,
        IDataView? validationSet = null) => catalog.MobileNetV2(new MobileNetV2TrainerOptions
        {
            LabelColumnName = labelColumnName,
            ImageColumnName = imageColumnName,
            ScoreColumnName = scoreColumnName,
            PredictedLabelColumnName = predictedLabelColumnName,
            ValidationSet = validationSet,
        });

    /// <summary>Makes a trainer that classifies images into classes.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <param name="options">The settings; read once, here.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public static MobileNetV2Trainer MobileNetV2(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, MobileNetV2TrainerOptions options) =>
        Create(catalog, new MulticlassTask(), options);

    /// <summary>Makes a trainer that says yes or no to images, with a probability.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.BinaryClassification.Trainers</c>.</param>
    /// <param name="labelColumnName">Name of the label column: Boolean.</param>
    /// <param name="imageColumnName">Name of the column with images, as the featurizer takes them, or with features.</param>
    /// <param name="validationSet">Rows that choose the best epoch and stop early. The default is null: the last epoch is kept.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    public static MobileNetV2Trainer MobileNetV2(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label,
        string imageColumnName = DefaultColumnNames.Image,
        IDataView? validationSet = null) => catalog.MobileNetV2(new MobileNetV2TrainerOptions
        {
            LabelColumnName = labelColumnName,
            ImageColumnName = imageColumnName,
            ValidationSet = validationSet,
        });

    /// <summary>Makes a trainer that says yes or no to images, with a probability.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.BinaryClassification.Trainers</c>.</param>
    /// <param name="options">The settings; read once, here.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public static MobileNetV2Trainer MobileNetV2(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, MobileNetV2TrainerOptions options) =>
        Create(catalog, new BinaryTask(), options);

    /// <summary>Makes a trainer that predicts a number from images.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Regression.Trainers</c>.</param>
    /// <param name="labelColumnName">Name of the label column: Single.</param>
    /// <param name="imageColumnName">Name of the column with images, as the featurizer takes them, or with features.</param>
    /// <param name="validationSet">Rows that choose the best epoch and stop early. The default is null: the last epoch is kept.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    public static MobileNetV2Trainer MobileNetV2(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label,
        string imageColumnName = DefaultColumnNames.Image,
        IDataView? validationSet = null) => catalog.MobileNetV2(new MobileNetV2TrainerOptions
        {
            LabelColumnName = labelColumnName,
            ImageColumnName = imageColumnName,
            ValidationSet = validationSet,
        });

    /// <summary>Makes a trainer that predicts a number from images.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Regression.Trainers</c>.</param>
    /// <param name="options">The settings; read once, here.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public static MobileNetV2Trainer MobileNetV2(this RegressionCatalog.RegressionTrainers catalog, MobileNetV2TrainerOptions options) =>
        Create(catalog, new RegressionTask(), options);

    private static MobileNetV2Trainer Create(object catalog, PredictionTask task, MobileNetV2TrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(task, options);
    }
}
