using Microsoft.ML.MobileNetV2;
using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.Transforms;

namespace Microsoft.ML;

/// <content>Adds what writes whole pipelines as ONNX.</content>
public static partial class MobileNetV2Catalog
{
    /// <summary>Writes a pipeline with a network of this library as one ONNX file that runs in any ONNX Runtime: pixels of any size in, scores out.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Model</c>.</param>
    /// <param name="model">
    /// A fitted pipeline of <c>mlContext.Transforms.MobileNetV2</c> and steps of ML.NET around it, or of the trainer <c>MobileNetV2</c>; also one that
    /// <see cref="LoadWithMobileNetV2(ModelOperationsCatalog, string, out DataViewSchema?, ModelLoadOptions?)"/> loaded.
    /// </param>
    /// <param name="inputSchema">The schema of the model's input.</param>
    /// <param name="filePath">The path of the file; an existing one is replaced atomically, after everything is written.</param>
    /// <param name="dataType">
    /// The data type of the network's matrices and kernels. The default, <see cref="TensorDataType.Float32"/>, loses nothing.
    /// <see cref="TensorDataType.Float16"/> halves them in the file; they become 32-bit when it is loaded.
    /// </param>
    /// <param name="scoreColumnName">The name of the column with the scores.</param>
    /// <param name="probabilityColumnName">The name of the column with the probability of a binary model.</param>
    /// <param name="predictedLabelColumnName">The name of the column with the predicted label.</param>
    /// <remarks>
    /// Operator set 13. Input <c>image</c>: red, green and blue levels as bytes, shape (1, height, width, 3); and one more for each other column that the
    /// scores depend on, with the column's name. Outputs: <c>scores</c>, the column of scores, shape (1, count); <c>labels</c>, the names of its slots, if it
    /// has any; <c>probability</c> and <c>predicted_label</c>, shape (1, 1), where the model has these columns and ML.NET can convert what computes them.
    /// Steps that these do not depend on, such as the mapping of labels to keys, are left out.
    /// </remarks>
    /// <exception cref="NotSupportedException">ML.NET cannot convert a step that the scores depend on; the message names it. Nothing is written.</exception>
    /// <exception cref="ArgumentException">
    /// A name is empty; the model has no network of this library, or more than one, or no such scores; or a weight is too large for <see cref="TensorDataType.Float16"/>.
    /// </exception>
    /// <exception cref="IOException">The path is a folder, its folder does not exist, or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder is protected.</exception>
    public static void SaveAsOnnx(
        this ModelOperationsCatalog catalog,
        ITransformer model,
        DataViewSchema inputSchema,
        string filePath,
        TensorDataType dataType = TensorDataType.Float32,
        string scoreColumnName = DefaultColumnNames.Score,
        string probabilityColumnName = DefaultColumnNames.Probability,
        string predictedLabelColumnName = DefaultColumnNames.PredictedLabel)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputSchema);
        ArgumentException.ThrowIfNullOrEmpty(scoreColumnName);
        ArgumentException.ThrowIfNullOrEmpty(probabilityColumnName);
        ArgumentException.ThrowIfNullOrEmpty(predictedLabelColumnName);
        PipelineColumns columns = new(scoreColumnName, probabilityColumnName, predictedLabelColumnName);
        OnnxFile.Save(filePath, dataType, () => new PipelineModel(model, inputSchema, columns).Create(dataType));
    }
}
