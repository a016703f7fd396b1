using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2;
using Microsoft.ML.MobileNetV2.Transforms;

namespace Microsoft.ML;

/// <content>Evaluates and calibrates a model on labels of any type.</content>
public static partial class MobileNetV2Catalog
{
    /// <summary>Evaluates a model on labels that are values, such as text, or keys; ML.NET's own methods need the keys that the model was trained with.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.MulticlassClassification</c>.</param>
    /// <param name="model">A model whose predicted label is a key, as the trainers of ML.NET and of this library output it.</param>
    /// <param name="data">Rows with images and labels. Labels are matched with the classes by value.</param>
    /// <param name="labelColumnName">The name of the label column.</param>
    /// <param name="scoreColumnName">The name of the column with the scores.</param>
    /// <param name="predictedLabelColumnName">The name of the column with the predicted labels.</param>
    /// <param name="topKPredictionCount">The number of highest scores among which a label counts as correct for top-k accuracy. The default is 0: none.</param>
    /// <returns>The metrics.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or the labels are of another type than the predicted labels.</exception>
    public static MulticlassClassificationMetrics Evaluate(
        this MulticlassClassificationCatalog catalog,
        ITransformer model,
        IDataView data,
        string labelColumnName = DefaultColumnNames.Label,
        string scoreColumnName = DefaultColumnNames.Score,
        string predictedLabelColumnName = DefaultColumnNames.PredictedLabel,
        int topKPredictionCount = 0)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        IDataView scored = LabelMatching.Match(model.Transform(data), labelColumnName, predictedLabelColumnName);
        return catalog.Evaluate(scored, labelColumnName, scoreColumnName, predictedLabelColumnName, topKPredictionCount);
    }

    /// <summary>
    /// Returns a model with probabilities that are as likely as possible on rows that it was not trained on: temperature scaling (arXiv:1706.04599).
    /// </summary>
    /// <param name="catalog">The catalog: <c>mlContext.Model</c>.</param>
    /// <param name="model">
    /// A model that a trainer of this library fitted, alone or in a pipeline, or that
    /// <see cref="LoadWithMobileNetV2(ModelOperationsCatalog, string, out DataViewSchema?, ModelLoadOptions?)"/> loaded.
    /// </param>
    /// <param name="data">Rows with images and labels, such as the validation set.</param>
    /// <param name="labelColumnName">The name of the label column. Labels are matched with the classes by value.</param>
    /// <returns>
    /// A model that predicts the same labels, to be saved like the given one. It shares nothing that is disposed with it, but for steps of other packages.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; labels have the type of those that the model predicts.</exception>
    /// <exception cref="ArgumentException">The model has no head of this library, or several.</exception>
    /// <exception cref="InvalidOperationException">There is no row, a label is none of the classes, or the scores are no probabilities.</exception>
    public static ITransformer Calibrate(
        this ModelOperationsCatalog catalog, ITransformer model, IDataView data, string labelColumnName = DefaultColumnNames.Label)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(labelColumnName);
        return ModelCalibration.Divide(model, new ModelCalibration(model).Fit(data, labelColumnName));
    }
}
