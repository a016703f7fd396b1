using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.Transforms;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents a trained model: images in, scores and predicted labels out.</summary>
/// <remarks>
/// Safe to use from several threads. Holds the memory of its network; <see cref="Dispose"/> frees it. Saved with <c>mlContext.Model.Save</c>, it is
/// loaded by <c>mlContext.Model.Load</c> as a chain of ML.NET's own transformers.
/// </remarks>
public sealed class MobileNetV2PredictionTransformer : ISingleFeaturePredictionTransformer<DenseHead>, IDisposable
{
    private readonly TransformerChain<ITransformer> _chain;
    private readonly IReadOnlyList<DenseLayer> _layers;

    /// <param name="images">The column that the model takes.</param>
    /// <param name="chain">The transformers that the model consists of.</param>
    /// <param name="layers">The head as it stands in them.</param>
    /// <param name="result">The head as it was trained.</param>
    /// <param name="classNames">The names of the classes.</param>
    internal MobileNetV2PredictionTransformer(
        FeatureStage images, TransformerChain<ITransformer> chain, IReadOnlyList<DenseLayer> layers, HeadTrainingResult result, IReadOnlyList<string> classNames)
    {
        FeatureColumnName = images.ColumnName;
        FeatureColumnType = images.ColumnType;
        _chain = chain;
        _layers = layers;
        Head = result.Head;
        History = result.History;
        ClassNames = classNames;
    }

    /// <param name="source">The model that this one comes from.</param>
    /// <param name="chain">The transformers that this one consists of.</param>
    /// <param name="layers">The head as it stands in them.</param>
    /// <param name="temperature">The temperature by which the logits of the source are divided.</param>
    private MobileNetV2PredictionTransformer(
        MobileNetV2PredictionTransformer source, TransformerChain<ITransformer> chain, IReadOnlyList<DenseLayer> layers, double temperature)
    {
        FeatureColumnName = source.FeatureColumnName;
        FeatureColumnType = source.FeatureColumnType;
        _chain = chain;
        _layers = layers;
        Head = new(HeadTemperature.Divide(source.Head.Layers, temperature));
        History = source.History;
        FineTuning = source.FineTuning;
        Weights = source.Weights;
        ClassNames = source.ClassNames;
        Temperature = source.Temperature * temperature;
    }

    /// <param name="source">The model on features that this one comes from.</param>
    /// <param name="chain">The transformers that this one consists of.</param>
    /// <param name="featurizer">What makes the features of images.</param>
    private MobileNetV2PredictionTransformer(
        MobileNetV2PredictionTransformer source, TransformerChain<ITransformer> chain, MobileNetV2FeaturizerTransformer featurizer)
    {
        FeatureColumnName = featurizer.Network.Settings.InputColumnName;
        FeatureColumnType = featurizer.Network.InputType;
        _chain = chain;
        _layers = source._layers;
        Head = source.Head;
        History = source.History;
        Weights = featurizer.Weights;
        ClassNames = source.ClassNames;
        Temperature = source.Temperature;
    }

    /// <summary>Gets the course of the training: the metrics of each epoch, the best epoch, and why it ended.</summary>
    public TrainingHistory History { get; }

    /// <summary>Gets the course of the training of the backbone, after that of the head.</summary>
    /// <value>Null where the backbone was not trained. <see cref="TrainingHistory.BestEpoch"/> is 0 where no epoch was better than the frozen backbone.</value>
    public TrainingHistory? FineTuning { get; internal init; }

    /// <summary>Gets the weights of the model's backbone, as they are after the training.</summary>
    /// <value>Null where the model was trained on features. <see cref="WeightsFile.Save"/> writes them to a file.</value>
    public MobileNetV2Weights? Weights { get; internal init; }

    /// <summary>Gets the trained layers.</summary>
    public DenseHead Head { get; }

    /// <summary>Gets the names of the classes in the order of the scores.</summary>
    /// <value>Empty for binary classification and regression.</value>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Gets the temperature by which <see cref="Calibrate"/> divided the logits.</summary>
    /// <value>1 where the model is not calibrated.</value>
    public double Temperature { get; } = 1;

    /// <summary>Gets the name of the column of images or features.</summary>
    public string FeatureColumnName { get; }

    /// <summary>Gets the type of the column of images or features that the model was trained on.</summary>
    public DataViewType FeatureColumnType { get; }

    DenseHead IPredictionTransformer<DenseHead>.Model => Head;

    /// <summary>Gets a value indicating whether rows can be mapped one by one, as <c>PredictionEngine</c> does.</summary>
    /// <value>Always true.</value>
    public bool IsRowToRowMapper => true;

    /// <summary>Gets the transformers that the model consists of.</summary>
    internal IEnumerable<ITransformer> Parts => _chain;

    /// <summary>Returns the schema of the output for a schema of the input.</summary>
    /// <param name="inputSchema">A schema with the image column.</param>
    /// <returns>All columns of the input, then those of the model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The image column is missing or of another type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _chain.GetOutputSchema(inputSchema);

    /// <summary>Adds the model's columns to a data view; nothing is computed before rows are read.</summary>
    /// <param name="input">Rows with an image column.</param>
    /// <returns>The same rows with the model's columns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The image column is missing or of another type.</exception>
    public IDataView Transform(IDataView input) => _chain.Transform(input);

    /// <summary>Returns a mapper for single rows.</summary>
    /// <param name="inputSchema">A schema with the image column.</param>
    /// <returns>The mapper.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The image column is missing or of another type.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => ((ITransformer)_chain).GetRowToRowMapper(inputSchema);

    /// <summary>Returns the model with probabilities that are as likely as possible on rows that it was not trained on: temperature scaling.</summary>
    /// <param name="data">Rows with images and labels, such as the validation set.</param>
    /// <param name="labelColumnName">The name of the label column. Labels are matched with the classes by value.</param>
    /// <returns>
    /// A model that predicts the same labels and can be saved in the same ways; its <see cref="Temperature"/> is that of this one where no other is better,
    /// as when all rows are classified right. It shares nothing that is disposed with this model.
    /// </returns>
    /// <remarks>
    /// The logits are divided by the temperature that minimizes the log-loss (arXiv:1706.04599). Weights and biases of the last layer have it in them, so
    /// that every runtime applies it.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; labels have the type of those that the model predicts.</exception>
    /// <exception cref="InvalidOperationException">There is no row, a label is none of the classes, or the scores are no probabilities.</exception>
    public MobileNetV2PredictionTransformer Calibrate(IDataView data, string labelColumnName = DefaultColumnNames.Label)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(labelColumnName);
        return Divide(new ModelCalibration(this).Fit(data, labelColumnName));
    }

    /// <summary>Returns a model that was trained on a featurizer's output together with the featurizer: one that takes images.</summary>
    /// <param name="featurizer">The featurizer whose features the model was trained on. Only their number can be checked.</param>
    /// <returns>
    /// A model of the featurizer's image column, as if it had been trained on it. It has a network of its own, and shares nothing that is disposed.
    /// </returns>
    /// <exception cref="ArgumentException">The featurizer does not make the features that the model takes.</exception>
    /// <exception cref="InvalidOperationException">The model was trained on images, and holds its network.</exception>
    public MobileNetV2PredictionTransformer WithFeaturizer(MobileNetV2FeaturizerTransformer featurizer)
    {
        RequireSource(featurizer);
        return new(this, new([.. _chain.Select(part => part is FeatureHeadTransformer head ? head.Behind(featurizer.Network) : StepCopy.Create(part))]), featurizer);
    }

    /// <summary>Returns the model with its logits divided by a temperature.</summary>
    internal MobileNetV2PredictionTransformer Divide(double temperature) => new(
        this, new([.. _chain.Select(part => ModelCalibration.Divide(part, temperature))]), HeadTemperature.Divide(_layers, temperature), temperature);

    /// <summary>Writes the model as one ONNX file that runs in any ONNX Runtime: pixels of any size in, scores out.</summary>
    /// <param name="path">Path of the file; an existing one is replaced atomically, after everything is written.</param>
    /// <param name="dataType">
    /// The data type of the matrices and kernels. The default, <see cref="TensorDataType.Float32"/>, loses nothing. <see cref="TensorDataType.Float16"/>
    /// halves the file; scores change by less than 0.01. The numbers become 32-bit when the file is loaded, so speed and memory do not change.
    /// </param>
    /// <remarks>
    /// Operator set 13. Input <c>image</c>: red, green and blue levels as bytes, shape (1, height, width, 3). Outputs: <c>scores</c>, shape
    /// (1, classes) or (1, 1); for multiclass models <c>labels</c>, the names of the classes; for binary models <c>probability</c>, shape (1, 1); where an
    /// image has one label, <c>predicted_label</c>, shape (1, 1): the name of the class with the highest score, or a Boolean.
    /// Resizing, normalization, network and head are inside; class names, preprocessing and the license of the weights are in the metadata.
    /// <c>ConvertToOnnx</c> of ML.NET leaves out what it cannot convert, without an error: do not use it on a model with steps of this library.
    /// </remarks>
    /// <exception cref="ArgumentException">A weight is too large for <see cref="TensorDataType.Float16"/>; nothing is written.</exception>
    /// <exception cref="InvalidOperationException">The model was trained on features rather than on images.</exception>
    /// <exception cref="IOException">The path is a folder, its folder does not exist, or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder is protected.</exception>
    public void SaveAsOnnx(string path, TensorDataType dataType = TensorDataType.Float32) => SaveAsOnnx(
        path,
        dataType,
        _chain.OfType<ImageNetworkTransformer>().FirstOrDefault()?.Settings.Engine ?? throw new InvalidOperationException(
            "The model was trained on a column of features, so it holds no network for images. Hand over the featurizer that made them too."));

    /// <summary>Writes a model that was trained on a featurizer's output as one ONNX file, together with the featurizer.</summary>
    /// <param name="path">Path of the file; an existing one is replaced atomically, after everything is written.</param>
    /// <param name="featurizer">The featurizer whose features the model was trained on.</param>
    /// <param name="dataType">The data type of the matrices and kernels.</param>
    /// <remarks>Inputs and outputs are those of <see cref="SaveAsOnnx(string, TensorDataType)"/>.</remarks>
    /// <exception cref="ArgumentException">
    /// The featurizer does not make the features that the model takes, or a weight is too large for <see cref="TensorDataType.Float16"/>; nothing is written.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model was trained on images, and holds its network.</exception>
    /// <exception cref="IOException">The path is a folder, its folder does not exist, or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder is protected.</exception>
    public void SaveAsOnnx(string path, MobileNetV2FeaturizerTransformer featurizer, TensorDataType dataType = TensorDataType.Float32)
    {
        EngineSettings engine = RequireSource(featurizer);
        SaveAsOnnx(path, dataType, engine with { Network = engine.Network with { Head = new(_layers, ClassNames, string.Empty) } });
    }

    /// <summary>Releases the memory of the network; afterwards rows can no longer be read.</summary>
    public void Dispose() => _chain.Dispose();

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)_chain).Save(ctx);

    /// <summary>Returns the engine of a featurizer that makes the features of this model.</summary>
    private EngineSettings RequireSource(MobileNetV2FeaturizerTransformer featurizer)
    {
        ArgumentNullException.ThrowIfNull(featurizer);
        if (_chain.OfType<ImageNetworkTransformer>().Any())
        {
            throw new InvalidOperationException("The model was trained on images and holds its network; leave the featurizer out.");
        }

        EngineSettings engine = featurizer.Network.Settings.Engine;
        if (engine.Network.OutputShape is not [int count] || count != Head.InputCount || engine.Network.Output != MobileNetV2Output.Features)
        {
            throw new ArgumentException(
                $"The featurizer gives {engine.Network.Output} of shape ({string.Join(", ", engine.Network.OutputShape)}); the model takes {Head.InputCount} features.",
                nameof(featurizer));
        }

        return engine;
    }

    /// <summary>Writes the model; a binary one ends before the sigmoid that its head was trained with.</summary>
    private void SaveAsOnnx(string path, TensorDataType dataType, EngineSettings engine) =>
        OnnxFile.Save(path, engine.Network, engine.Preprocessing, dataType, _layers[^1].Activation != Head.Layers[^1].Activation);
}
