namespace Microsoft.ML.MobileNetV2.Evaluation;

/// <summary>Receives the scores of an image.</summary>
internal delegate void ScoredHandler<TLabels>(string id, TLabels labels, ReadOnlySpan<float> scores);

/// <summary>Represents what an evaluation does with labeled image files.</summary>
/// <param name="Accepts">Returns whether an image is to be run.</param>
/// <param name="Unreadable">Receives an image that cannot be read.</param>
/// <param name="Scored">Receives the scores of an image.</param>
internal sealed record EvaluationReader<TLabels>(
    Func<string, TLabels, bool> Accepts, Action<string, TLabels, Exception> Unreadable, ScoredHandler<TLabels> Scored)
{
    /// <summary>Reads images, several at once, and hands over their scores in order.</summary>
    /// <param name="images">The images.</param>
    /// <param name="run">Runs the model.</param>
    /// <param name="progress">Receives the number of images that are done.</param>
    /// <exception cref="ArgumentNullException">A path or a label is null.</exception>
    internal void Read(
        IEnumerable<(string Path, TLabels Labels)> images, Func<IEnumerable<string>, IEnumerable<BatchResult<float[]>>> run, IProgress<int>? progress)
    {
        // The reader is ahead of the results by a few images.
        Queue<(string Path, TLabels Labels)> pending = new();
        int done = 0;
        foreach (BatchResult<float[]> result in run(Accepted()))
        {
            (string path, TLabels labels) = pending.Dequeue();
            if (result.Error is { } error)
            {
                Unreadable(path, labels, error);
            }
            else
            {
                Scored(path, labels, result.Value);
            }

            progress?.Report(++done);
        }

        IEnumerable<string> Accepted()
        {
            int index = 0;
            foreach ((string path, TLabels labels) in images)
            {
                EvaluatedElements.Require(path, labels, index++, nameof(images));
                if (!Accepts(path, labels))
                {
                    progress?.Report(++done);
                    continue;
                }

                pending.Enqueue((path, labels));
                yield return path;
            }
        }
    }
}
