;;; eglot.el --- Drives a real Emacs with eglot -*- lexical-binding: t -*-
;; On test/e2e/workspace: the server that the snippet of docs/editors.md starts is asked by eglot's own functions, and what a
;; user would see is looked at. Prints `ok NAME' or `FAILED NAME: reason', one a line.

(require 'cl-lib)

(defconst deadline 60 "Seconds after which something counts as not happening.")

(defun report (name check)
  (condition-case reason
      (progn (funcall check) (princ (format "ok %s\n" name)))
    (error (princ (format "FAILED %s: %s\n" name (error-message-string reason))))))

(defun until-true (what condition)
  (let ((end (+ (float-time) deadline)) (done nil))
    (while (not (or (setq done (funcall condition)) (> (float-time) end)))
      (accept-process-output nil 0.05))
    (unless done (error "not so in time: %s" what))
    done))

(defun put-point-on (word line-with)
  (goto-char (point-min))
  (search-forward line-with)
  (goto-char (match-beginning 0))
  (search-forward word)
  (goto-char (match-beginning 0)))

(defun expect-in (text part)
  (unless (string-match-p (regexp-quote part) text) (error "`%s' is not in: %s" part text)))

(defun diagnostics-text ()
  (mapconcat #'flymake-diagnostic-text (flymake-diagnostics) "\n"))

(defun drive ()
  (report "the snippet starts the server for a Rust file"
          (lambda ()
            ;; `eglot-ensure' waits for the first command to end, and there is none in batch mode.
            (run-hooks 'post-command-hook)
            (until-true "the server is ready" #'eglot-current-server)))
  (report "a hover shows the layout"
          (lambda ()
            (put-point-on "Session" "pub struct Session")
            (let (shown)
              (eglot-hover-eldoc-function (lambda (info &rest _) (setq shown info)))
              (until-true "the hover is there" (lambda () shown))
              (expect-in shown "64 B")
              (expect-in shown "41    17  peer: Option<IpAddr>"))))
  (report "the oversized variant is a diagnostic"
          (lambda ()
            (flymake-mode 1)
            (until-true "the diagnostic is there"
                        (lambda ()
                          (flymake-start)
                          (string-match-p "Blob is 1024 B" (diagnostics-text))))))
  (report "a code action boxes the variant, and the diagnostic goes"
          (lambda ()
            (put-point-on "Blob" "Blob([u8")
            (let ((last-nonmenu-event t)
                  (eglot-confirm-server-initiated-edits nil))
              (cl-letf (((symbol-function 'completing-read)
                         (lambda (_prompt items &rest _)
                           (or (cl-find-if (lambda (title) (string-prefix-p "Box `Blob` payload (Message: 1032 B → 24 B" title))
                                           (mapcar (lambda (item) (if (consp item) (car item) item)) items))
                               (error "not offered: %S" items)))))
                (eglot-code-actions (point) (1+ (point)) nil t)))
            (expect-in (buffer-string) "Blob(Box<[u8; 1024]>)")
            (until-true "the diagnostic is gone"
                        (lambda ()
                          (eglot--signal-textDocument/didChange)
                          (flymake-start)
                          (string= "" (diagnostics-text))))))
  (report "eglot's end is the server's"
          (lambda ()
            (let ((process (jsonrpc--process (eglot-current-server))))
              (eglot-shutdown (eglot-current-server))
              (until-true "the process is gone" (lambda () (not (process-live-p process))))))))
