using Microsoft.Extensions.Logging;
using Microsoft.ML.MobileNetV2.Transforms;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Creates a <see cref="MobileNetV2FeaturizerTransformer"/>, which turns images into feature vectors for any ML.NET trainer.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// | Estimator characteristic | |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Input column data type | text (a path), variable vector of Byte (an encoded image), image (MLImage of any size), or vector of Single (3 × size × size pixels as ExtractPixels outputs) |
/// | Output column data type | Known-sized vector of Single |
/// | Exportable to ONNX | By mlContext.Model.SaveAsOnnx, with the steps around it. ConvertToOnnx of ML.NET silently leaves the network out |
///
/// The network is that of Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks" (arXiv:1801.04381).
/// Images are rotated upright, resized with antialiasing and normalized as the weights require. The estimator holds no state and is safe to use from
/// several threads; results do not depend on the number of threads.
/// ]]></format>
/// </remarks>
public sealed class MobileNetV2FeaturizerEstimator : IEstimator<MobileNetV2FeaturizerTransformer>
{
    private readonly ImageNetworkSettings _settings;

    internal MobileNetV2FeaturizerEstimator(MobileNetV2FeaturizerOptions options, ILogger contextLog) =>
        _settings = ImageNetworkSettings.Create(options, contextLog);

    /// <summary>Creates the transformer. The rows are not read.</summary>
    /// <param name="input">A data view with the image column.</param>
    /// <returns>The transformer. The caller disposes it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The image column is missing or of another type.</exception>
    public MobileNetV2FeaturizerTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new(_settings, ImageColumn.Find(input.Schema, _settings).Type);
    }

    /// <summary>Returns the shape of the output's schema for that of the input.</summary>
    /// <param name="inputSchema">A schema with the image column.</param>
    /// <returns>All columns of the input, and the output column.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The image column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ImageColumn.Check(inputSchema, _settings);
        return StockMappings.OutputColumn(_settings).GetOutputSchema(inputSchema);
    }
}
