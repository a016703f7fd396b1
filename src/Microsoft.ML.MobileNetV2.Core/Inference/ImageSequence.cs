namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Works on sequences of images with several threads.</summary>
internal static class ImageSequence
{
    /// <summary>Returns a result for each image, in order.</summary>
    /// <param name="images">The images; enumerated on the caller's thread, as far ahead as the threads can work.</param>
    /// <param name="computation">The work on an image.</param>
    /// <param name="degreeOfParallelism">The number of images that are worked on at once.</param>
    /// <param name="cancellationToken">Ends the sequence at the next image.</param>
    internal static IEnumerable<BatchResult<float[]>> Compute(
        IEnumerable<ImageSource> images, IImageComputation computation, int degreeOfParallelism, CancellationToken cancellationToken)
    {
        using IEnumerator<ImageSource> source = images.GetEnumerator();
        long index = 0;
        using LookAhead<ImageWorkItem> work = new(degreeOfParallelism, () => new ImageWorkItem(computation), item =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!source.MoveNext())
            {
                return false;
            }

            item.Index = index++;
            item.Input.Set(source.Current);
            return true;
        });

        while (work.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return work.Current.ToResult();
        }
    }
}
