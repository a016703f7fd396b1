using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.OnnxConversion;
using Microsoft.ML.Transforms.Onnx;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents ML.NET's step that executes an ONNX model, together with the temporary file that the step reads its model from.</summary>
/// <remarks>
/// Given a stream, ML.NET writes such a file itself, and leaves it behind when the step is disposed. Its random name may also be one that ONNX Runtime takes for
/// another format.
/// </remarks>
internal sealed class OnnxStep : ITransformer, IDisposable
{
    private readonly string _folder;
    private readonly OnnxTransformer _step;
    private readonly Func<OnnxStep> _copy;

    internal OnnxStep(MLContext context, string outputColumnName, string inputColumnName, byte[] model, IDataView view)
    {
        _folder = Directory.CreateTempSubdirectory("mobilenetv2-").FullName;
        FilePath = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(FilePath, model);
        _step = context.Transforms.ApplyOnnxModel([outputColumnName], [inputColumnName], FilePath).Fit(view);
        NoRows schema = new(view.Schema);
        _copy = () => new(context, outputColumnName, inputColumnName, File.ReadAllBytes(FilePath), schema);
    }

    ~OnnxStep() => DeleteFile();

    /// <summary>Gets the path of the temporary file.</summary>
    internal string FilePath { get; }

    /// <summary>Returns the same step with a file of its own.</summary>
    /// <exception cref="ObjectDisposedException">The step was disposed, and its file with it.</exception>
    internal OnnxStep Copy() => File.Exists(FilePath) ? _copy() : throw new ObjectDisposedException(nameof(MobileNetV2PredictionTransformer));

    public bool IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _step.GetOutputSchema(inputSchema);

    public IDataView Transform(IDataView input) => _step.Transform(input);

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => ((ITransformer)_step).GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)_step).Save(ctx);

    public void Dispose()
    {
        _step.Dispose();
        DeleteFile();
        GC.SuppressFinalize(this);
    }

    private void DeleteFile()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else cleans up temporary files, or looks at this one.
        }
    }
}
