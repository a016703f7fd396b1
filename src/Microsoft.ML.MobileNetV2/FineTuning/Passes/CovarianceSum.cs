using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Adds the products of channels over all parts, and takes those of the means off.</summary>
internal sealed unsafe class CovarianceSum(TrainingState state) : IParallelBody
{
    private const int RowsPerPart = 24;

    private ExpandState _expand = null!;

    internal void Run(ExpandState expand)
    {
        _expand = expand;
        state.Team.Run((expand.Inputs + RowsPerPart - 1) / RowsPerPart, this);
    }

    void IParallelBody.RunPart(int part)
    {
        int end = Math.Min(_expand.Inputs, (part + 1) * RowsPerPart);
        for (int i = part * RowsPerPart; i < end; i++)
        {
            ComputeRow(i);
        }
    }

    private void ComputeRow(int row)
    {
        int padded = _expand.PaddedInputs;
        double inverseCount = 1 / ((double)state.ImageCount * _expand.Pixels);
        for (int column = 0; column < padded; column++)
        {
            double sum = 0;
            foreach (Workspace workspace in state.Workspaces)
            {
                sum += workspace.TakeGram(row * padded + column);
            }

            double product = (double)_expand.StoredMean[row] * _expand.StoredMean[column];
            _expand.Covariance[row * padded + column] = column < _expand.Inputs ? (float)(sum * inverseCount - product) : 0;
        }
    }
}
