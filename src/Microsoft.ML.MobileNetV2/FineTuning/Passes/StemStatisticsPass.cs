namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Sums the neighborhoods that the stem multiplies, and the products of their numbers, for the statistics of its batch norm.</summary>
internal sealed unsafe class StemStatisticsPass(TrainingState state) : BatchPass(state)
{
    private BlockState _block = null!;

    internal void Run(BlockState block)
    {
        _block = block;
        RunAll();
        ExpandState expand = block.Expand;
        double count = (double)State.ImageCount * expand.Pixels;
        for (int i = 0; i < expand.PaddedInputs; i++)
        {
            (double sum, _) = State.TakeSums(i);
            expand.StoredMean[i] = expand.InputMean[i] = i < expand.Inputs ? (float)(sum / count) : 0;
        }
    }

    protected override void Run(Workspace workspace, int first, int end)
    {
        int rows = _block.Plan.RingRows;
        for (int image = first; image < end; image++)
        {
            for (int row = 0; row < _block.Plan.Size; row += rows)
            {
                PixelRun patches = BlockSource.RowsOf(State, _block, workspace, image, row, Math.Min(rows, _block.Plan.Size - row));
                Kernels.AddPixels(patches, workspace.Sums);
                workspace.AddGram(Kernels, patches, _block.Expand.Inputs);
                workspace.EndSums(patches.Channels, isKept: true);
            }
        }

        workspace.FlushGram(_block.Expand.Inputs * _block.Expand.PaddedInputs);
    }
}
