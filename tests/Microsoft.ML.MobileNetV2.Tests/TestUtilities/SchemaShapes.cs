using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Gets schema shapes, which only ML.NET can make: an estimator chain hands one to each of its estimators when it is fitted.</summary>
internal static class SchemaShapes
{
    internal static SchemaShape Of(IDataView view)
    {
        Probe probe = new();
        new EstimatorChain<ITransformer>().Append(probe).Fit(view);
        return probe.Seen ?? throw new InvalidOperationException("The chain showed its estimator no schema.");
    }

    private sealed class Probe : IEstimator<ITransformer>
    {
        internal SchemaShape? Seen { get; private set; }

        public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        {
            Seen = inputSchema;
            return inputSchema;
        }
    }
}
